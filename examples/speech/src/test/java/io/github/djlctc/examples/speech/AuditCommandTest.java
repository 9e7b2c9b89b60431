package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.corpus.TestAudio;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.train.TinyCorpus;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code audit}: of good data, of data with one defect of each kind, and of useless data. */
class AuditCommandTest {

    @TempDir Path folder;

    @Test
    void findsNothingWrongWithGoodData() throws IOException {
        write("train", TinyCorpus.corpus().train());
        write("test", TinyCorpus.corpus().test());

        Outcome outcome = audit();

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("verdict   ready: 56 of 56 samples can be trained on\n")
                .containsPattern("(?m)^frames by the frames the target needs( +\\d+\\.\\d\\d){5}$");
    }

    @Test
    void findsEachDefectThatWasPlanted() throws IOException {
        plantDefects();

        JsonObject report = Outcome.parse(audit("--json").out());

        assertThat(report.get("verdict").getAsString()).isEqualTo("USABLE_WITH_SKIPS");
        assertThat(report.get("samples").getAsInt()).isEqualTo(48 + 13);
        assertThat(report.get("usable").getAsInt()).isEqualTo(48 + 7);
        List<String> findings = new ArrayList<>();
        for (JsonElement element : report.getAsJsonArray("findings")) {
            JsonObject finding = element.getAsJsonObject();
            findings.add(
                    finding.get("kind").getAsString()
                            + " "
                            + finding.getAsJsonArray("sampleIds").asList().stream()
                                    .map(JsonElement::getAsString)
                                    .map(id -> id.substring(id.lastIndexOf('/') + 1))
                                    .collect(Collectors.joining(", ")));
        }
        assertThat(findings)
                .containsExactlyInAnyOrder(
                        "UNREADABLE train.jsonl:49",
                        "UNREADABLE test.jsonl:12",
                        "UNREADABLE wide",
                        "UNREADABLE nan",
                        "UNKNOWN_CHARACTER foreign",
                        "TOO_FEW_FRAMES short",
                        "EMPTY_TARGET empty",
                        "ALL_ZERO_FEATURES zero",
                        "DUPLICATE_CONTENT twin",
                        "DURATION_OUTLIER long, short, tight, one",
                        "MEMORY_OUTLIER long",
                        "ONE_LABEL_TARGET one",
                        "TIGHT_FRAMES tight",
                        "UNUSED_CLASS ");
        assertThat(report.getAsJsonArray("unknownCharacters").get(0).getAsJsonObject())
                .returns("?", object -> object.get("character").getAsString())
                .returns("foreign", object -> object.get("sampleId").getAsString());
    }

    private void plantDefects() throws IOException {
        FeatureMatrix good = TinyCorpus.features("AB", 1);
        write("train", TinyCorpus.corpus().train());
        Files.writeString(
                folder.resolve("train.jsonl"),
                Files.readString(folder.resolve("train.jsonl")) + "{\"utt\": \"gone\"}\n");
        FeatureMatrix nan = new FeatureMatrix(good.values().clone(), 4);
        nan.values()[9] = Float.NaN;
        write(
                "test",
                List.of(
                        utterance("good", "AB", good),
                        utterance("twin", " ab", good),
                        utterance("foreign", "A?", TinyCorpus.features("AB", 2)),
                        utterance("short", "ABCD", new FeatureMatrix(ones(6), 4)),
                        utterance("tight", "ABCD", new FeatureMatrix(ones(9), 4)),
                        utterance("wide", "AB", new FeatureMatrix(new float[100], 5)),
                        utterance("nan", "AB", nan),
                        utterance("empty", " ", TinyCorpus.features("AB", 3)),
                        utterance("zero", "AB", new FeatureMatrix(new float[80], 4)),
                        utterance("long", "AB", new FeatureMatrix(ones(2000), 4)),
                        utterance("one", "A", TinyCorpus.features("AB", 4))));
        Files.writeString(
                folder.resolve("test.jsonl"),
                Files.readString(folder.resolve("test.jsonl"))
                        + "{\"utt\": \"good\", \"text\": \"AB\"}\n");
    }

    @Test
    void failsIfNothingCanBeUsed() throws IOException {
        write("train", List.of(utterance("a", "AB", new FeatureMatrix(ones(1), 4))));
        write("validation", List.of(utterance("b", "AB", new FeatureMatrix(ones(1), 4))));
        write("test", List.of(utterance("c", "AB", new FeatureMatrix(ones(1), 4))));

        Outcome outcome =
                audit(
                        "--validation=" + folder.resolve("validation.jsonl"),
                        "--validation-features=" + folder.resolve("validation.npz"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).startsWith("verdict   broken: 0 of 3 samples");
        assertThat(outcome.out()).contains("error     no sample can be trained on: 3");
    }

    /** Training needs something to test on. */
    @Test
    void failsIfASetIsOfNoUseAsTrainingDoes() throws IOException {
        write("train", TinyCorpus.corpus().train());
        write("test", List.of(utterance("c", "AB", new FeatureMatrix(ones(1), 4))));

        Outcome audited = audit();
        Outcome trained =
                SpeechProgram.run(
                        sameData("train", "--model=" + folder.resolve("model")).toArray());

        assertThat(audited.exitCode()).isEqualTo(1);
        assertThat(audited.out())
                .startsWith("verdict   broken: 48 of 49 samples")
                .contains("error     no sample of the test set can be used: 1");
        assertThat(trained.exitCode()).isEqualTo(2);
        assertThat(trained.err()).contains("none of the 1 test utterances can be used");
    }

    @Test
    void readsSoundAndTakesTheOptionsOfTraining() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : List.of("a", "b", "c")) {
            TestAudio.writeWav(folder.resolve(name + ".wav"));
            lines.append("{\"audio_filepath\": \"%s.wav\", \"text\": \"Ab\"}\n".formatted(name));
        }
        Path train = folder.resolve("sound.jsonl");
        Files.writeString(train, lines);
        Path test = folder.resolve("sound-test.jsonl");
        TestAudio.writeWav(folder.resolve("d.wav"));
        Files.writeString(test, "{\"audio_filepath\": \"d.wav\", \"text\": \"Ab\"}\n");
        Path alphabet = folder.resolve("alphabet.txt");
        Files.writeString(alphabet, "<blank>\na\nb\n");

        Outcome outcome =
                SpeechProgram.run(
                        "audit",
                        "--data=manifest",
                        "--train=" + train,
                        "--test=" + test,
                        "--alphabet=" + alphabet,
                        "--letter-case=lower",
                        "--sample-rate=8000",
                        "--subsampling=100",
                        "--json");

        assertThat(outcome.err()).isEmpty();
        JsonObject report = Outcome.parse(outcome.out());
        assertThat(report.get("classes").getAsInt()).isEqualTo(3);
        assertThat(report.get("samples").getAsInt()).isEqualTo(4);
        assertThat(outcome.out()).contains("TOO_FEW_FRAMES").doesNotContain("UNKNOWN_CHARACTER");
    }

    @Test
    void saysWhichSampleRateIsTakenAndHowManyAreConverted() throws IOException {
        List<Object> command = sound("audit", List.of(8000, 16000, 16000, 16000), List.of(8000));

        Outcome outcome = SpeechProgram.run(command.toArray());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "speech: the utterances have several sample rates, 3 of 16000 Hz, 2 of"
                                + " 8000 Hz: 2 are converted to 16000 Hz, the commonest of the"
                                + " training data; --sample-rate chooses another");

        command.add("--sample-rate=8000");
        assertThat(SpeechProgram.run(command.toArray()).err().strip())
                .endsWith("3 are converted to 8000 Hz");
    }

    @Test
    void trainingTakesTheSameSampleRate() throws IOException {
        List<Object> command = sound("train", List.of(8000, 16000, 16000, 16000), List.of(8000));
        command.addAll(List.of("--epochs=1", "--channels=4", "--state-size=4", "--layers=1"));
        command.add("--model=" + folder.resolve("model"));

        Outcome outcome = SpeechProgram.run(command.toArray());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("2 are converted to 16000 Hz");
        assertThat(outcome.out()).contains("at 16000 Hz (2 utterances converted to it)");
    }

    /** Writes sound of these rates in order; returns the command that reads it. */
    private List<Object> sound(String command, List<Integer> train, List<Integer> test)
            throws IOException {
        return new ArrayList<>(
                List.of(
                        command,
                        "--data=manifest",
                        "--train=" + soundManifest("sound", train),
                        "--test=" + soundManifest("sound-test", test)));
    }

    private Path soundManifest(String name, List<Integer> rates) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rates.size(); i++) {
            Path file = folder.resolve(name + i + ".wav");
            TestAudio.writeWav(file, rates.get(i));
            lines.append("{\"audio_filepath\": \"%s\", \"text\": \"A\"}\n".formatted(file));
        }
        return Files.writeString(folder.resolve(name + ".jsonl"), lines);
    }

    @Test
    void charactersOfHeldOutTranscriptsAreInTheAlphabet() throws IOException {
        // A character of its own in each, of which one is held out.
        List<Utterance> training = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String text = Character.toString('A' + i);
            training.add(utterance("u" + i, text, TinyCorpus.features("AB", i)));
        }
        write("train", training);
        write("test", List.of(utterance("t", "A", TinyCorpus.features("AB", 99))));

        Outcome outcome = audit();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("verdict   ready: 13 of 13 samples")
                .doesNotContain("characters outside");
    }

    @Test
    void emptyTranscriptsAreUsableOrSkippedAsInTraining() throws IOException {
        List<Utterance> training = new ArrayList<>(TinyCorpus.corpus().train());
        training.add(utterance("silent 1", "", TinyCorpus.features("AB", 1)));
        training.add(utterance("silent 2", " ", TinyCorpus.features("AB", 2)));
        write("train", training);
        write("test", TinyCorpus.corpus().test());

        assertThat(audit().out())
                .startsWith("verdict   ready: 58 of 58 samples")
                .contains("targets without a label: 2");
        assertThat(audit("--empty-transcripts=skip").out())
                .startsWith("verdict   usable with skips: 56 of 58 samples")
                .contains("cannot be read: empty transcript: 2");
        List<Object> command = sameData("train", "--epochs=1", "--channels=4", "--state-size=4");
        command.addAll(List.of("--layers=1", "--model=" + folder.resolve("model"), "--strict"));
        Outcome trained = SpeechProgram.run(command.toArray());
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("58 of 58 utterances can be trained on");
        command.add("--empty-transcripts=skip");
        Outcome strict = SpeechProgram.run(command.toArray());
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).startsWith("speech: silent 1: empty transcript: ");
    }

    @Test
    void emptyTranscriptsAloneCannotBeTrainedOn() throws IOException {
        List<Utterance> silent = new ArrayList<>();
        for (Utterance utterance : TinyCorpus.corpus().train()) {
            silent.add(new Utterance(utterance.id(), "", utterance.source()));
        }
        write("train", silent);
        write("test", silent.subList(0, 1));

        Outcome audited = audit();
        Outcome trained =
                SpeechProgram.run(
                        sameData("train", "--model=" + folder.resolve("model")).toArray());

        assertThat(audited.exitCode()).isEqualTo(1);
        assertThat(audited.out()).startsWith("verdict   broken: 0 of ");
        assertThat(trained.exitCode()).isEqualTo(2);
        assertThat(trained.err())
                .contains("training utterances can be used: ")
                .contains("empty transcript");
    }

    @Test
    void explainsWrongOptions() throws IOException {
        write("train", TinyCorpus.corpus().train());
        write("test", TinyCorpus.corpus().test());

        assertThat(audit("--subsampling=0").err()).contains("subsampling 0 is not from 1 to 100");
        assertThat(audit("--mels=30").err())
                .contains("--mels has no meaning for precomputed features");
        assertThat(audit("--subsampling=0").exitCode()).isEqualTo(2);
    }

    /** A header tells the duration of a WAV file; that of an MP3 file shows when it is read. */
    @Test
    void longUtterancesAreLeftOutWithACount() throws IOException {
        Path short1 = TestAudio.writeWav(folder.resolve("a.wav"), 8000);
        Path short2 = TestAudio.writeWav(folder.resolve("b.wav"), 8000);
        Path longer = TestAudio.writeWav(folder.resolve("c.wav"), 8000, 0.5);
        Path test = TestAudio.writeWav(folder.resolve("d.wav"), 8000, 0.7);
        Path other = TestAudio.writeWav(folder.resolve("e.wav"), 8000);
        Path otherLonger = TestAudio.writeWav(folder.resolve("f.wav"), 8000, 0.4);
        Path mp3 = Path.of("src/test/resources/audio/mono16k.mp3").toAbsolutePath();
        String train = manifest("long", List.of(short1, longer, short2, mp3));
        List<Object> command =
                new ArrayList<>(
                        List.of(
                                "audit",
                                "--data=manifest",
                                "--train=" + train,
                                "--validation="
                                        + manifest("validation", List.of(other, otherLonger)),
                                "--test=" + manifest("long-test", List.of(test)),
                                "--max-seconds=0.2",
                                "--strict"));

        Outcome outcome = SpeechProgram.run(command.toArray());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("verdict   usable with skips: 4 of 7 samples")
                .contains("cannot be read: longer than asked for: 3")
                .contains("0.5 s, with --max-seconds 0.2");
        command.set(5, "--max-seconds=0");
        assertThat(SpeechProgram.run(command.toArray()).err())
                .contains("--max-seconds must be above 0, but is 0.0");
        assertThat(audit("--max-seconds=1").err())
                .contains("--max-seconds has no meaning for precomputed features");
        assertThat(audit("--check-audio").err())
                .contains("--check-audio has no meaning for precomputed features");
    }

    private String manifest(String name, List<Path> files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append("{\"audio_filepath\": \"%s\", \"text\": \"A\"}\n".formatted(file));
        }
        return Files.writeString(folder.resolve(name + ".jsonl"), lines).toString();
    }

    @Test
    void saysWhatABatchTakesAndWhichUtterancesTakeFarMore() throws IOException {
        List<Utterance> training = new ArrayList<>(TinyCorpus.corpus().train());
        training.add(utterance("hour", "AB", new FeatureMatrix(ones(360_000), 4)));
        write("train", training);
        write("test", TinyCorpus.corpus().test());

        assertThat(audit().out())
                .containsPattern("(?m)^MiB of a batch of this length( +\\d+\\.\\d\\d){5}$")
                .contains("far more memory in training than the others take: 1 (1.8 % of the")
                .contains("\"hour\": frames 360000, labels 2: a batch of 8 of this length takes");
        assertThat(audit("--max-batch-frames=48000", "--batch-size=8").out())
                .contains("\"hour\": frames 360000, labels 2: by itself, it takes about");
        assertThat(audit("--batch-size=0").err()).contains("batch size: 0 is out of range");
        assertThat(audit("--max-batch-frames=0").exitCode()).isEqualTo(2);
    }

    private Outcome audit(String... options) {
        return SpeechProgram.run(sameData("audit", options).toArray());
    }

    private List<Object> sameData(String command, String... options) {
        List<Object> line = new ArrayList<>(List.of(command, "--data=manifest"));
        for (String split : List.of("train", "test")) {
            line.add("--" + split + "=" + folder.resolve(split + ".jsonl"));
            line.add("--" + split + "-features=" + folder.resolve(split + ".npz"));
        }
        line.addAll(Arrays.asList((Object[]) options));
        return line;
    }

    private void write(String split, List<Utterance> utterances) throws IOException {
        FeatureManifest.write(folder, split, utterances);
    }

    private static Utterance utterance(String id, String text, FeatureMatrix features) {
        return new Utterance(id, text, () -> features);
    }

    private static float[] ones(int frames) {
        float[] values = new float[4 * frames];
        Arrays.fill(values, 1);
        return values;
    }
}
