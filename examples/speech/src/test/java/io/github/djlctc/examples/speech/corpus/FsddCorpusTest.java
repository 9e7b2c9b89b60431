package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FsddCorpusTest {

    private static final DigitStrings FEW = new DigitStrings(2, 3, 30, 10, 5);

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @BeforeEach
    void writeRecordings() throws IOException {
        for (int digit = 0; digit < 10; digit++) {
            for (String speaker : List.of("ann", "bob")) {
                for (int take = 0; take < 10; take++) {
                    TestAudio.writeWav(folder.resolve(digit + "_" + speaker + "_" + take + ".wav"));
                }
            }
        }
    }

    @Test
    void splitsSingleDigitsByTake() throws IOException {
        Corpus<Utterance> corpus = singleDigits().build().load(skipped);

        assertThat(corpus.train()).hasSize(40).allMatch(u -> u.id().matches(".*_[89]\\.wav"));
        assertThat(corpus.validation()).hasSize(60).allMatch(u -> u.id().matches(".*_[567]\\.wav"));
        assertThat(corpus.test()).hasSize(100).allMatch(u -> u.id().matches(".*_[01234]\\.wav"));
        assertThat(corpus.test().get(10).id()).isEqualTo("2_ann_0.wav");
        assertThat(corpus.test().get(10).text()).isEqualTo("TWO");
        assertThat(((Waveform) corpus.test().get(10).source().read()).samples()).hasSize(800);
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void leavesOneSpeakerOut() throws IOException {
        Corpus<Utterance> corpus = singleDigits().optTestSpeaker("bob").build().load(skipped);

        assertThat(corpus.train()).hasSize(50).allMatch(u -> u.id().matches(".*_ann_[5-9]\\.wav"));
        assertThat(corpus.validation())
                .hasSize(50)
                .allMatch(u -> u.id().matches(".*_ann_[0-4]\\.wav"));
        assertThat(corpus.test()).hasSize(100).allMatch(u -> u.id().contains("_bob_"));
        assertThatThrownBy(() -> singleDigits().optTestSpeaker("eve").build().load(skipped))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no recording for the test set with the test speaker eve");
    }

    @Test
    void joinsDigitsOfOneSpeakerToStrings() throws IOException {
        Corpus<Utterance> corpus = strings(FEW).load(skipped);

        assertThat(corpus.train()).hasSize(30);
        assertThat(corpus.validation()).hasSize(10);
        assertThat(corpus.train().get(1).id()).isEqualTo("train-bob-00001");
        assertThat(corpus.train())
                .allMatch(u -> u.text().matches("[A-Z]+( [A-Z]+){1,2}"))
                .allMatch(u -> speakers(u).size() == 1);
        List<Utterance> all = new ArrayList<>(corpus.train());
        all.addAll(corpus.validation());
        all.addAll(corpus.test());
        assertThat(all).extracting(Utterance::id).doesNotHaveDuplicates();
        for (Utterance utterance : corpus.train()) {
            int digits = utterance.text().split(" ", -1).length;
            double gaps = ((Waveform) utterance.source().read()).seconds() - 0.1 * digits;
            assertThat(gaps).isBetween(0.029 * (digits + 1), 0.351 * (digits + 1));
        }
    }

    @Test
    void testStringsUseEachTestRecordingAndNoOther() throws IOException {
        Set<Path> train = files(strings(FEW).load(skipped).train());
        Set<Path> validation = files(strings(FEW).load(skipped).validation());
        Set<Path> test = files(strings(FEW).load(skipped).test());

        assertThat(test).hasSize(100).allMatch(f -> f.toString().matches(".*_[0-4]\\.wav"));
        assertThat(validation).allMatch(f -> f.toString().matches(".*_[5-7]\\.wav"));
        assertThat(train).allMatch(f -> f.toString().matches(".*_[89]\\.wav"));
    }

    @Test
    void theSeedDecidesOnTheStringsAndTheirSound() throws IOException {
        Corpus<Utterance> one = strings(FEW).load(skipped);
        Corpus<Utterance> same = strings(FEW).load(skipped);
        Corpus<Utterance> other =
                FsddCorpus.builder()
                        .setFolder(folder)
                        .optStrings(FEW)
                        .optSeed(1)
                        .build()
                        .load(skipped);

        assertThat(texts(same)).isEqualTo(texts(one)).isNotEqualTo(texts(other));
        Utterance utterance = one.train().get(3);
        assertThat(samples(utterance))
                .containsExactly(samples(utterance))
                .containsExactly(samples(same.train().get(3)));
    }

    @Test
    void gapsHoldFaintNoiseAndTheRecordingsAreUnchangedButForTheirEdges() throws IOException {
        Utterance utterance = strings(new DigitStrings(1, 1, 1, 1, 0)).load(skipped).train().get(0);
        FsddRecording recording = ((DigitStringSound) utterance.source()).recordings().get(0);
        float[] alone = AudioFiles.read(recording.file()).samples();

        float[] joined = samples(utterance);

        int start = 0;
        while (Math.abs(joined[start]) < 0.02) {
            start++;
        }
        assertThat(start).isBetween(240, 2820);
        int offset = indexOf(joined, alone[400]) - 400;
        for (int i = 20; i < alone.length - 20; i++) {
            assertThat(joined[offset + i]).isEqualTo(alone[i]);
        }
        assertThat(joined[10]).isNotZero();
    }

    @Test
    void recordsFilesThatCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("3_ann_0.wav"), "");
        Files.writeString(folder.resolve("3_ann_1.wav"), "garbage");
        byte[] whole = Files.readAllBytes(folder.resolve("3_ann_2.wav"));
        Files.write(folder.resolve("3_ann_2.wav"), Arrays.copyOf(whole, 900));
        TestAudio.writeWav(folder.resolve("three_ann_1.wav"));
        Files.writeString(folder.resolve("README.md"), "not a recording");

        Corpus<Utterance> corpus = singleDigits().build().load(skipped);

        assertThat(corpus.test()).hasSize(97);
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactly(
                        "audio file empty",
                        "not a supported audio file",
                        "audio file truncated",
                        "unknown file name");
        assertThatThrownBy(() -> strings(FEW).load(new SkippedSamples(Policy.STRICT)))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessageContaining("3_ann_0.wav: audio file empty");
    }

    @Test
    void rejectsFoldersWithoutRecordings() {
        assertThatThrownBy(
                        () ->
                                FsddCorpus.builder()
                                        .setFolder(folder.resolve("no"))
                                        .build()
                                        .load(skipped))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FsddCorpus.builder().build()).hasMessageContaining("setFolder");
        assertThatThrownBy(() -> new DigitStrings(3, 2, 1, 1, 1)).hasMessageContaining("3 to 2");
    }

    @Test
    void listsTheRealDataSet() throws IOException {
        Path recordings = TestData.of(PublicCorpus.FSDD, "data/fsdd/recordings");

        Corpus<Utterance> corpus = FsddCorpus.builder().setFolder(recordings).build().load(skipped);

        assertThat(corpus.train()).hasSize(DigitStrings.DEFAULT.train());
        assertThat(corpus.validation()).hasSize(DigitStrings.DEFAULT.validation());
        assertThat(corpus.test()).hasSize(DigitStrings.DEFAULT.test());
        assertThat(files(corpus.test())).hasSize(300);
        assertThat(skipped.list()).isEmpty();
        for (Utterance utterance : corpus.test().subList(0, 20)) {
            assertThat(samples(utterance).length).isGreaterThan(1000);
        }
    }

    private FsddCorpus.Builder singleDigits() {
        return FsddCorpus.builder().setFolder(folder).optSingleDigits();
    }

    private FsddCorpus strings(DigitStrings strings) {
        return FsddCorpus.builder().setFolder(folder).optStrings(strings).build();
    }

    private static Set<Path> files(List<Utterance> utterances) {
        Set<Path> files = new HashSet<>();
        utterances.forEach(
                u ->
                        ((DigitStringSound) u.source())
                                .recordings()
                                .forEach(r -> files.add(r.file())));
        return files;
    }

    private static Set<String> speakers(Utterance utterance) {
        Set<String> speakers = new HashSet<>();
        ((DigitStringSound) utterance.source())
                .recordings()
                .forEach(r -> speakers.add(r.speaker()));
        return speakers;
    }

    private static List<String> texts(Corpus<Utterance> corpus) {
        return corpus.train().stream().map(Utterance::text).toList();
    }

    private static float[] samples(Utterance utterance) throws IOException {
        return ((Waveform) utterance.source().read()).samples();
    }

    private static int indexOf(float[] samples, float value) {
        for (int i = 0; i < samples.length; i++) {
            if (samples[i] == value) {
                return i;
            }
        }
        throw new AssertionError(value + " is not there");
    }
}
