package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.examples.common.train.AlignedSample;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Reports like those of training runs, from made-up figures. */
final class SampleReports {

    static final Alphabet ALPHABET = Alphabet.ofCharacters(" abcdefghijklmnopqrstuvwxyz'");
    static final String ATTACK =
            "<script>document.title='owned'</script><img src=x onerror=alert(1)>";

    private SampleReports() {}

    static TrainingReport typical() {
        return TrainingReport.builder()
                .setTitle("Speech recogniser: fsdd")
                .addFact("data", "Free Spoken Digit Dataset, strings of 1 to 7 digits")
                .addFact("training", "2,400 samples, 48 minutes")
                .addFact("model", "2 x PackedLSTM 192, 29 classes")
                .addFact("test", "WER 2.03 %, CER 1.15 %")
                .optEpochs(epochs(24))
                .optAlignedSamples(
                        ALPHABET,
                        FrameScale.seconds(0.02),
                        List.of(
                                aligned("george/seven-two", "seven two nine", "seven to nine"),
                                aligned(
                                        "jackson/long",
                                        "the quick brown fox jumps over the lazy dog and on",
                                        "the quick brown fox jumps over the lazy dog an on")))
                .optTranscripts(
                        List.of(
                                decoded("nicolas/3", "three four", "tree for"),
                                decoded("theo/5", "five", ""),
                                decoded("theo/6", "six one one", "six one one"),
                                decoded("lucas/2", "two two", "two too two")))
                .optAudit(audit())
                .optSkipped(
                        List.of(
                                new Skipped("broken.wav", "not a WAV file", "no RIFF header"),
                                new Skipped("short.wav", "too short", "12 samples")))
                .build();
    }

    /** Returns a report whose texts all try to inject markup or hold invalid characters. */
    static TrainingReport hostile() {
        String odd = ATTACK + "\" ' & \0\u0007\ud83d \udc00 \u202eabc שלום مرحبا \uffff 😀";
        String word = "w".repeat(300);
        Alphabet alphabet =
                Alphabet.builder().setTokens(List.of("<b>", "<i>&\"", odd, "a", " ")).build();
        Posteriors posteriors =
                new Posteriors(new float[] {9, 0, 0, 0, 0, Float.NaN, 0, 0, 0, 0}, 2, 5);
        return TrainingReport.builder()
                .setTitle(odd)
                .addFact(odd, word)
                .optEpochs(epochs(3))
                .optAlignedSamples(
                        alphabet,
                        FrameScale.pixels(4),
                        List.of(
                                new AlignedSample(
                                        decoded(odd, odd, word), posteriors, Optional.empty()),
                                new AlignedSample(
                                        decoded(word, "", odd),
                                        new Posteriors(new float[0], 0, 5),
                                        Optional.of(new Alignment(List.of(), List.of(), 0)))))
                .optTranscripts(List.of(decoded(odd, odd, word), decoded(word, "", odd)))
                .optSkipped(List.of(new Skipped(odd, odd, odd), new Skipped(word, word, word)))
                .build();
    }

    static List<EpochResult> epochs(int count) {
        Random random = new Random(7);
        List<EpochResult> epochs = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            double progress = (double) number / count;
            double loss = 2.9 * Math.exp(-5 * progress) + 0.02 * random.nextDouble();
            boolean plateau = number <= count / 8;
            epochs.add(
                    epoch(
                            number,
                            loss,
                            loss + 0.08 * progress,
                            Math.min(1, loss / 2.5) + 0.01,
                            plateau ? TrainingDiagnosis.BLANK_PLATEAU : TrainingDiagnosis.HEALTHY));
        }
        return epochs;
    }

    static EpochResult epoch(
            int number,
            double trainingLoss,
            double validationLoss,
            double errorRate,
            TrainingDiagnosis diagnosis) {
        return new EpochResult(
                number,
                trainingLoss,
                validationLoss,
                errors(Math.min(1, errorRate)),
                errors(Math.min(1, 1.6 * errorRate)),
                new EpochStatistics(
                        number,
                        150,
                        0,
                        trainingLoss,
                        0.1,
                        1 + 3 * trainingLoss,
                        4 + 20 * trainingLoss,
                        Math.min(1, trainingLoss / 4),
                        0,
                        0.7 + 0.1 * Math.min(2, trainingLoss),
                        trainingLoss / 3,
                        0,
                        0),
                diagnosis,
                3e-3 * Math.cos(number / 32.0),
                30,
                new StepTimes(0.5, 10, 14, 3),
                null,
                true);
    }

    private static ErrorCounts errors(double rate) {
        return new ErrorCounts(Math.round(10_000 * rate), 0, 0, 10_000);
    }

    static Transcript decoded(String id, String reference, String hypothesis) {
        return new Transcript(id, reference, hypothesis);
    }

    /** A sample whose model says a few frames of blank and one or two of each character. */
    static AlignedSample aligned(String id, String reference, String hypothesis) {
        Random random = new Random(reference.hashCode());
        List<Integer> path = new ArrayList<>();
        for (int label : ALPHABET.encode(hypothesis)) {
            for (int blanks = 1 + random.nextInt(4); blanks > 0; blanks--) {
                path.add(ALPHABET.blank());
            }
            path.add(label);
            if (random.nextBoolean()) {
                path.add(label);
            }
        }
        float[] scores = new float[path.size() * ALPHABET.size()];
        for (int frame = 0; frame < path.size(); frame++) {
            for (int label = 0; label < ALPHABET.size(); label++) {
                scores[frame * ALPHABET.size() + label] = (float) random.nextGaussian();
            }
            scores[frame * ALPHABET.size() + path.get(frame)] += 6;
        }
        Alignment alignment =
                ForcedAligner.builder()
                        .setAlphabet(ALPHABET)
                        .build()
                        .align(scores, path.size(), reference);
        return new AlignedSample(
                decoded(id, reference, hypothesis),
                new Posteriors(scores, path.size(), ALPHABET.size()),
                Optional.of(alignment));
    }

    static LabelAuditReport audit() {
        LabelAudit audit = LabelAudit.builder().setAlphabet(ALPHABET).build();
        for (int i = 0; i < 40; i++) {
            audit.add(sample("sample-" + i, "one two three", 60 + i));
        }
        audit.add(sample("tight", "seven", 3));
        audit.add(sample("umlaut", "fünf <5>", 50));
        audit.addUnreadable("gone.wav", "no such file", "gone.wav");
        return audit.report();
    }

    private static AuditSample sample(String id, String text, int frames) {
        return AuditSample.builder().setId(id).setText(text).optFrames(frames).build();
    }
}
