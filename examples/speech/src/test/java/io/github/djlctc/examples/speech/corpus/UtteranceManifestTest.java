package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UtteranceManifestTest {

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    private static ManifestCorpus.Builder<Utterance> corpus() {
        return ManifestCorpus.builder(Utterance.UNIT);
    }

    @Test
    void readsSoundRelativeToTheManifestWithOffsetAndDuration() throws IOException {
        Path absolute = TestAudio.writeWav(folder.resolve("elsewhere/b.wav"));
        TestAudio.writeWav(folder.resolve("wavs/a.wav"));
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"audio_filepath": "wavs/a.wav", "text": "A", "duration": 0.1}
                        {"audio_filepath": "%s", "text": "B"}
                        {"audio_filepath": "wavs/a.wav", "text": "END OF A", "offset": 0.05, "duration": 0.04}
                        """
                                .formatted(absolute.toString().replace("\\", "\\\\")));
        TestAudio.writeWav(folder.resolve("test.wav"));
        Path test = write("test.jsonl", "{\"audio_filepath\": \"test.wav\", \"text\": \"T\"}\n");

        Corpus<Utterance> corpus =
                corpus().setTrain(new AudioManifest(train))
                        .setTest(new AudioManifest(test))
                        .optValidationShare(0.01)
                        .build()
                        .load(skipped);

        assertThat(skipped.list()).isEmpty();
        assertThat(corpus.train()).hasSize(2);
        assertThat(corpus.validation()).hasSize(1);
        assertThat(corpus.test()).extracting(Utterance::text).containsExactly("T");
        for (Utterance utterance : corpus.train()) {
            int length = utterance.text().equals("END OF A") ? 320 : 800;
            assertThat(((Waveform) utterance.source().read()).samples()).hasSize(length);
        }
    }

    @Test
    void recordsFileAndLineOfWhatCannotBeUsed() throws IOException {
        TestAudio.writeWav(folder.resolve("a.wav"));
        Files.createFile(folder.resolve("empty.wav"));
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"audio_filepath": "a.wav", "text": "A"}
                        {"audio_filepath": "a.wav", "text": "A", "offset": 0.05, "duration": 0.01}
                        {"audio_filepath": "a.wav", "text": "again"}
                        {"audio_filepath": "none.wav", "text": "A"}
                        {"audio_filepath": "empty.wav", "text": "A"}
                        {"audio_filepath": "a.wav"}
                        {"text": "A"}
                        {"audio_filepath": "a.wav", "text": "A", "duration": -1}
                        {"audio_filepath": "a.wav", "text": "A", "offset": 0.01}
                        {"audio_filepath": "a\\u0000.wav", "text": "A"}
                        {"utt": "x", "text": "A"}
                        {"audio_filepath": "t.wav", "text": "in the test set"}
                        oops
                        """);
        TestAudio.writeWav(folder.resolve("t.wav"));
        Path test = write("test.jsonl", "{\"audio_filepath\": \"t.wav\", \"text\": \"T\"}\n");

        Corpus<Utterance> corpus =
                corpus().setTrain(new AudioManifest(train))
                        .setTest(new AudioManifest(test))
                        .optValidation(new AudioManifest(validation()))
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).hasSize(2);
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly(
                        "duplicate utterance",
                        "audio file missing",
                        "audio file empty",
                        "missing key",
                        "missing key",
                        "bad duration",
                        "missing key",
                        "bad path",
                        "features without an archive",
                        "leak: also in the test set",
                        "bad JSON");
        assertThat(skipped.list().get(1).id()).isEqualTo(train + ":4");
        assertThat(skipped.list().get(1).detail()).contains("none.wav");
    }

    @Test
    void aFileHasOneIdHoweverItsPathIsWritten() throws IOException {
        Path file = TestAudio.writeWav(folder.resolve("wavs/a.wav"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("wavs"));
        Files.createSymbolicLink(folder.resolve("b.wav"), file);
        Path manifest =
                write(
                        "all.jsonl",
                        """
                        {"audio_filepath": "wavs/a.wav", "text": "A"}
                        {"audio_filepath": "%s", "text": "A"}
                        {"audio_filepath": "wavs/../wavs/./a.wav", "text": "A"}
                        {"audio_filepath": "linked/a.wav", "text": "A"}
                        {"audio_filepath": "b.wav", "text": "A"}
                        {"audio_filepath": "b.wav", "text": "A", "duration": 0.1}
                        {"audio_filepath": "b.wav", "text": "A", "duration": 0.1, "offset": 0}
                        """
                                .formatted(file));
        Path relative = Path.of("").toAbsolutePath().relativize(manifest);

        for (Path spelling : List.of(manifest, relative)) {
            SkippedSamples repeated = new SkippedSamples(Policy.SKIP);
            Corpus<Utterance> corpus =
                    withTest(AudioManifest.checkingAudio(spelling)).load(repeated);

            assertThat(corpus.test())
                    .extracting(Utterance::id)
                    .containsExactly(file.toRealPath().toString());
            assertThat(repeated.list())
                    .hasSize(6)
                    .extracting(Skipped::reason)
                    .containsOnly("duplicate utterance");
        }
    }

    @Test
    void partsOfAFileDifferByOffsetAndDuration() throws IOException {
        Path file = TestAudio.writeWav(folder.resolve("a.wav")).toRealPath();
        Path manifest =
                write(
                        "parts.jsonl",
                        """
                        {"audio_filepath": "a.wav", "text": "A", "duration": 0.05}
                        {"audio_filepath": "a.wav", "text": "A B", "duration": 0.08}
                        {"audio_filepath": "a.wav", "text": "B", "offset": 0.05, "duration": 0.02}
                        {"audio_filepath": "a.wav", "text": "B C", "offset": 0.05, "duration": 0.04}
                        {"audio_filepath": "a.wav", "text": "again", "offset": 0.050, "duration": 0.040}
                        """);

        Corpus<Utterance> corpus = withTest(AudioManifest.checkingAudio(manifest)).load(skipped);

        assertThat(corpus.test())
                .extracting(Utterance::id)
                .containsExactly(
                        file + "@0.0+0.05",
                        file + "@0.0+0.08",
                        file + "@0.05+0.02",
                        file + "@0.05+0.04");
        assertThat(skipped.list())
                .singleElement()
                .satisfies(
                        again -> {
                            assertThat(again.id()).isEqualTo(manifest + ":5");
                            assertThat(again.detail())
                                    .endsWith("listed before, at " + manifest + ":4");
                        });
    }

    /** A million files would take minutes to open. */
    @Test
    void believesDurationsUnlessAudioIsChecked() throws IOException {
        Path real = TestAudio.writeWav(folder.resolve("a.wav")).toRealPath();
        Files.write(folder.resolve("noise.wav"), new byte[] {1, 2, 3});
        Path manifest =
                write(
                        "all.jsonl",
                        """
                        {"audio_filepath": "a.wav", "text": "A", "duration": 0.05}
                        {"audio_filepath": "a.wav", "text": "A", "offset": 0, "duration": 0.05}
                        {"audio_filepath": "a.wav", "text": "A", "duration": 0.08}
                        {"audio_filepath": "noise.wav", "text": "A", "duration": 1}
                        {"audio_filepath": "none.wav", "text": "A", "duration": 1}
                        """);
        SkippedSamples checked = new SkippedSamples(Policy.SKIP);

        List<Utterance> believed = withTest(new AudioManifest(manifest)).load(skipped).test();
        List<Utterance> opened =
                withTest(AudioManifest.checkingAudio(manifest)).load(checked).test();

        assertThat(believed)
                .extracting(Utterance::id)
                .containsExactly(
                        real.toString(), real + "@0.0+0.05", real.resolveSibling("noise.wav") + "");
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly("duplicate utterance", "audio file missing");
        assertThat(opened)
                .extracting(Utterance::id)
                .containsExactly(real + "@0.0+0.05", real + "@0.0+0.08");
        assertThat(checked.list())
                .extracting(Skipped::reason)
                .containsExactly(
                        "duplicate utterance", "not a supported audio file", "audio file missing");
        assertThat(((Waveform) believed.get(0).source().read()).samples()).hasSize(400);
        assertThat(believed.get(0).source().sampleRate()).isEmpty();
        assertThat(believed.get(0).source().readSampleRate()).hasValue(8000);
        assertThat(believed.get(2).source().readSampleRate()).isEmpty();
    }

    /** Lines are parsed by several threads, a few hundred at a time. */
    @Test
    void listsThousandsOfLinesInTheirOrder() throws IOException {
        TestAudio.writeWav(folder.resolve("a.wav"));
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 5000; i++) {
            String line = "{\"audio_filepath\": \"a.wav\", \"text\": \"%d\", \"offset\": %d, %s}\n";
            lines.append(
                    line.formatted(i, i, i % 700 == 0 ? "\"duration\": 0" : "\"duration\": 1"));
        }

        Corpus<Utterance> corpus =
                withTest(new AudioManifest(write("many.jsonl", lines.toString()))).load(skipped);

        assertThat(corpus.test())
                .extracting(Utterance::text)
                .isEqualTo(
                        IntStream.rangeClosed(1, 5000)
                                .filter(i -> i % 700 != 0)
                                .mapToObj(Integer::toString)
                                .toList());
        assertThat(skipped.list())
                .extracting(Skipped::id)
                .hasSize(7)
                .first()
                .isEqualTo(folder.resolve("many.jsonl") + ":700");
    }

    @Test
    void reportsTrainingSamplesThatAreInTheTestSetByAnotherName() throws IOException {
        Path shared = TestAudio.writeWav(folder.resolve("wavs/shared.wav"));
        TestAudio.writeWav(folder.resolve("wavs/a.wav"));
        TestAudio.writeWav(folder.resolve("wavs/b.wav"));
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"audio_filepath": "wavs/a.wav", "text": "A"}
                        {"audio_filepath": "wavs/shared.wav", "text": "S"}
                        {"audio_filepath": "wavs/b.wav", "text": "B"}
                        """);
        Path test =
                write(
                        "test.jsonl",
                        "{\"audio_filepath\": \"%s\", \"text\": \"S\"}\n".formatted(shared));

        Corpus<Utterance> corpus =
                corpus().setTrain(new AudioManifest(train))
                        .setTest(new AudioManifest(test))
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).hasSize(1);
        assertThat(corpus.validation()).hasSize(1);
        assertThat(skipped.list())
                .singleElement()
                .satisfies(
                        leak -> {
                            assertThat(leak.id()).isEqualTo(train + ":2");
                            assertThat(leak.reason()).isEqualTo("leak: also in the test set");
                            assertThat(leak.detail()).contains("shared.wav is at " + test + ":1");
                        });
    }

    /** A test set of sound that was trained on would measure nothing. */
    @Test
    void partsThatOverlapThoseOfTheTestSetAreLeaks() throws IOException {
        TestAudio.writeWav(folder.resolve("talk.wav"));
        TestAudio.writeWav(folder.resolve("whole.wav"));
        TestAudio.writeWav(folder.resolve("other.wav"));
        Path test =
                write(
                        "test.jsonl",
                        """
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.1, "duration": 0.1}
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.12, "duration": 0.1}
                        {"audio_filepath": "whole.wav", "text": "A"}
                        """);
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.18, "duration": 0.1}
                        {"audio_filepath": "talk.wav", "text": "A"}
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.11, "duration": 0.01}
                        {"audio_filepath": "whole.wav", "text": "A", "offset": 0.1, "duration": 0.01}
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.01, "duration": 0.095}
                        {"audio_filepath": "talk.wav", "text": "A", "offset": 0.01, "duration": 0.09}
                        {"audio_filepath": "other.wav", "text": "A"}
                        """);

        Corpus<Utterance> corpus =
                corpus().setTrain(new AudioManifest(train))
                        .setTest(new AudioManifest(test))
                        .build()
                        .load(skipped);

        assertThat(corpus.test()).hasSize(3);
        assertThat(corpus.train().size() + corpus.validation().size()).isEqualTo(3);
        assertThat(skipped.list())
                .extracting(Skipped::id)
                .containsExactly(train + ":1", train + ":2", train + ":3", train + ":4");
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsOnly("leak: overlaps the test set");
        assertThat(skipped.list().get(0).detail())
                .contains("talk.wav@0.18+0.1 shares 0.02 s with " + test + ":1");
    }

    /** Returns the corpus of a test manifest, with two other files to train on. */
    private ManifestCorpus<Utterance> withTest(AudioManifest test) throws IOException {
        TestAudio.writeWav(folder.resolve("train-1.wav"));
        TestAudio.writeWav(folder.resolve("train-2.wav"));
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"audio_filepath": "train-1.wav", "text": "A"}
                        {"audio_filepath": "train-2.wav", "text": "A"}
                        """);
        return corpus().setTrain(new AudioManifest(train)).setTest(test).build();
    }

    /** On empty transcripts alone, no epoch could be chosen. */
    @Test
    void holdsOutATranscriptIfThereAreTwo() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            TestAudio.writeWav(folder.resolve(i + ".wav"));
            String text = i < 2 ? "A" : "";
            lines.append("{\"audio_filepath\": \"%d.wav\", \"text\": \"%s\"}\n".formatted(i, text));
        }
        ManifestCorpus.Builder<Utterance> builder =
                corpus().setTrain(new AudioManifest(write("train.jsonl", lines.toString())))
                        .setTest(new AudioManifest(validation()));

        for (int seed = 0; seed < 5; seed++) {
            Corpus<Utterance> corpus = builder.optSeed(seed).build().load(skipped);

            assertThat(corpus.validation()).extracting(Utterance::text).contains("A");
            assertThat(corpus.train()).extracting(Utterance::text).contains("A");
            assertThat(corpus.train().size() + corpus.validation().size()).isEqualTo(40);
        }
    }

    @Test
    void holdsOutTheSameShareForTheSameSeed() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            TestAudio.writeWav(folder.resolve(i + ".wav"));
            lines.append("{\"audio_filepath\": \"%d.wav\", \"text\": \"A\"}\n".formatted(i));
        }
        ManifestCorpus.Builder<Utterance> builder =
                corpus().setTrain(new AudioManifest(write("train.jsonl", lines.toString())))
                        .setTest(new AudioManifest(validation()));

        Corpus<Utterance> one = builder.build().load(skipped);
        Corpus<Utterance> same = builder.build().load(skipped);
        Corpus<Utterance> other = builder.optSeed(1).build().load(skipped);

        assertThat(one.train()).hasSize(95);
        assertThat(one.validation())
                .hasSize(5)
                .extracting(Utterance::id)
                .isEqualTo(same.validation().stream().map(Utterance::id).toList())
                .isNotEqualTo(other.validation().stream().map(Utterance::id).toList());
        assertThat(one.train()).doesNotContainAnyElementsOf(one.validation());
    }

    @Test
    void readsFeaturesByName() throws IOException {
        Path features = folder.resolve("features.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(features))) {
            addArray(zip, "good", "(2, 3)", 1, 2, 3, 4, 5, 6);
            addArray(zip, "flat", "(6,)", 1, 2, 3, 4, 5, 6);
            addArray(zip, "nan", "(2, 3)", 1, 2, 3, 4, Float.NaN, 6);
        }
        Path train =
                write(
                        "train.jsonl",
                        """
                        {"utt": "good", "text": "G"}
                        {"utt": "flat", "text": "F"}
                        {"utt": "nan", "text": "N"}
                        {"utt": "none", "text": "?"}
                        """);

        Corpus<Utterance> corpus =
                corpus().setTrain(new ArchiveManifest(train, features))
                        .setTest(new AudioManifest(validation()))
                        .optValidation(new AudioManifest(validation("v.wav")))
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).extracting(Utterance::id).containsExactly("good", "flat", "nan");
        FeatureMatrix matrix = (FeatureMatrix) corpus.train().get(0).source().read();
        assertThat(matrix.dimensions()).isEqualTo(3);
        assertThat(matrix.values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> corpus.train().get(1).source().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(features + ", array \"flat\": features of shape");
        assertThatThrownBy(() -> corpus.train().get(2).source().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("frame 1, dimension 1 is NaN");
        assertThat(skipped.list())
                .singleElement()
                .extracting(Skipped::reason)
                .isEqualTo("features missing");
    }

    @Test
    void namesManifestsWithoutUsableUtterances() throws IOException {
        Path train = write("train.jsonl", "{\"audio_filepath\": \"none.wav\", \"text\": \"A\"}\n");

        assertThatThrownBy(
                        () ->
                                corpus().setTrain(new AudioManifest(train))
                                        .setTest(new AudioManifest(validation()))
                                        .build()
                                        .load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        train + ": no usable utterance; first problem: " + train + ":1");
        assertThatThrownBy(() -> corpus().setTrain(new AudioManifest(train)).build())
                .hasMessageContaining("setTest");
    }

    @Test
    void readsTheFeaturesOfAn4() throws IOException {
        Path an4 = TestData.of(PublicCorpus.AN4, "data/an4");

        Corpus<Utterance> corpus =
                corpus().setTrain(
                                new ArchiveManifest(
                                        an4.resolve("train_mfcc.jsonl"),
                                        an4.resolve("train_mfcc.npz")))
                        .setTest(
                                new ArchiveManifest(
                                        an4.resolve("dev_mfcc.jsonl"), an4.resolve("dev_mfcc.npz")))
                        .build()
                        .load(skipped);

        assertThat(skipped.list()).isEmpty();
        assertThat(corpus.train()).hasSize(901);
        assertThat(corpus.validation()).hasSize(47);
        assertThat(corpus.test()).hasSize(65);
        FeatureMatrix matrix = (FeatureMatrix) corpus.train().get(0).source().read();
        assertThat(matrix.dimensions()).isEqualTo(13);
    }

    private Path validation() throws IOException {
        return validation("validation.wav");
    }

    private Path validation(String wav) throws IOException {
        TestAudio.writeWav(folder.resolve(wav));
        return write(
                wav + ".jsonl", "{\"audio_filepath\": \"%s\", \"text\": \"V\"}\n".formatted(wav));
    }

    private Path write(String name, String lines) throws IOException {
        return Files.writeString(folder.resolve(name), lines);
    }

    private static void addArray(ZipOutputStream zip, String name, String shape, float... values)
            throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 4 * values.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            bytes.putFloat(value);
        }
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(bytes.array());
        zip.closeEntry();
    }
}
