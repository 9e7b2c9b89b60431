package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.AuditFinding.Severity;
import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** One test for each kind of finding, and for the verdict. */
class LabelAuditTest {

    private static final Alphabet ALPHABET =
            Alphabet.ofCharacters(" ABC").toBuilder().optLetterCase(LetterCase.UPPER).build();

    private final LabelAudit audit = LabelAudit.builder().setClasses(5).optSubsampling(2).build();

    @Test
    void findsNothingInACleanDataSet() {
        for (int i = 0; i < 50; i++) {
            audit.add(sample("utt" + i).setTarget(1, 2, 3, 4).optFrames(20 + i % 5).build());
        }

        LabelAuditReport report = audit.report();

        assertThat(report.verdict()).isEqualTo(Verdict.READY);
        assertThat(report.findings()).isEmpty();
        assertThat(report.samples()).isEqualTo(50);
        assertThat(report.usable()).isEqualTo(50);
        assertThat(report.classes()).isEqualTo(5);
        assertThat(report.blank()).isZero();
    }

    @Test
    void findsThatTheModelHasTooFewClasses() {
        audit.add(sample("good").setTarget(1, 2).build());
        audit.add(sample("bad").setTarget(1, 5, 2).build());

        AuditFinding finding = only(Kind.CLASS_COUNT);

        assertThat(audit.report().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(audit.report().usable()).isEqualTo(1);
        assertThat(finding.count()).isEqualTo(1);
        assertThat(finding.sampleIds()).containsExactly("bad");
        assertThat(finding.summary())
                .isEqualTo(
                        "the largest id of the targets is 5, so the model needs 6 classes, but has"
                                + " 5");
        assertThat(finding.example())
                .isEqualTo("\"bad\": id 5 at position 1; the classes are 0..4, the blank is 0");
        assertThat(finding.remedy()).contains("one class per label plus the blank");
    }

    @Test
    void takesAnyIds() {
        audit.add(sample("wild").setTarget(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1).build());

        assertThat(only(Kind.CLASS_COUNT).summary()).contains("needs 9223372036854775808 classes");
        assertThat(only(Kind.ID_OUT_OF_RANGE).example()).contains("-9223372036854775808");
    }

    @Test
    void findsNegativeIds() {
        audit.add(sample("padded").setTarget(1, 2, -1, -1).build());
        audit.add(sample("good").setTarget(1, 2).build());

        AuditFinding finding = only(Kind.ID_OUT_OF_RANGE);

        assertThat(finding.sampleIds()).containsExactly("padded");
        assertThat(finding.example()).startsWith("\"padded\": id -1 at position 2;");
        assertThat(audit.report().findings(Kind.CLASS_COUNT)).isEmpty();
        assertThat(audit.report().verdict()).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void findsTheBlankInTargets() {
        LabelAudit last = LabelAudit.builder().setClasses(5).optBlank(4).build();
        last.add(sample("zero").setTarget(0, 1).build());
        last.add(sample("blank").setTarget(0, 4, 4).build());

        AuditFinding finding = only(last, Kind.BLANK_IN_TARGET);

        assertThat(finding.sampleIds()).containsExactly("blank");
        assertThat(finding.example()).startsWith("\"blank\": id 4 at position 1;");
        assertThat(last.report().verdict()).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void findsEmptyTargetsAndTargetsOfOneLabel() {
        audit.add(sample("empty").setTarget().optFrames(10).build());
        audit.add(sample("one").setTarget(3).optFrames(10).build());

        assertThat(only(Kind.EMPTY_TARGET).sampleIds()).containsExactly("empty");
        assertThat(only(Kind.ONE_LABEL_TARGET).sampleIds()).containsExactly("one");
        assertThat(audit.report().verdict()).isEqualTo(Verdict.READY);
        assertThat(audit.report().frameRatio().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void countsEachCharacterOutsideOfTheAlphabet() {
        LabelAudit texts = LabelAudit.builder().setAlphabet(ALPHABET).build();
        texts.add(sample("good").setText("a bc").build());
        texts.add(sample("one").setText("A?").build());
        texts.add(sample("two").setText("\u00e9 A \u00e9 ?").build());
        texts.add(sample("three").setText("\u00c9").build());

        LabelAuditReport report = texts.report();

        AuditFinding finding = only(texts, Kind.UNKNOWN_CHARACTER);
        assertThat(finding.count()).isEqualTo(3);
        assertThat(finding.sampleIds()).containsExactly("one", "two", "three");
        assertThat(finding.example())
                .isEqualTo("\"one\": U+003F at position 1, characters in all 1: A?");
        assertThat(report.unknownCharacters())
                .containsExactly(
                        new CharacterCount(0xc9, 3, "two"), new CharacterCount('?', 2, "one"));
        assertThat(report.verdict()).isEqualTo(Verdict.USABLE_WITH_SKIPS);
        assertThat(report.usable()).isEqualTo(1);
    }

    @Test
    void findsTargetsThatDoNotFitIntoTheirFrames() {
        audit.add(sample("fits").setTarget(1, 2, 2, 2).optFrames(11).build());
        audit.add(sample("too short").setTarget(1, 2, 2, 2).optFrames(10).build());
        audit.add(sample("none").setTarget(1).optFrames(0).build());
        audit.add(sample("unknown").setTarget(1, 2, 2, 2).build());

        AuditFinding finding = only(Kind.TOO_FEW_FRAMES);

        assertThat(finding.sampleIds()).containsExactly("too short", "none");
        assertThat(finding.example())
                .isEqualTo(
                        "\"too short\": frames after subsampling 5 (before 10), needed 6: labels 4, repeats 2");
        assertThat(audit.report().verdict()).isEqualTo(Verdict.USABLE_WITH_SKIPS);
        assertThat(audit.report().usable()).isEqualTo(2);
    }

    @Test
    void takesTheModelsOwnSubsampling() {
        LabelAudit valid =
                LabelAudit.builder().setClasses(3).optSubsampling(t -> (t - 3) / 4).build();
        valid.add(sample("fits").setTarget(1, 2).optFrames(11).build());
        valid.add(sample("short").setTarget(1, 2).optFrames(10).build());

        assertThat(only(valid, Kind.TOO_FEW_FRAMES).sampleIds()).containsExactly("short");
    }

    @Test
    void describesTheDistributionOfFrames() {
        for (int i = 1; i <= 100; i++) {
            audit.add(sample("utt" + i).setTarget(1, 1).optFrames(6 * i).build());
        }

        LabelAuditReport.Distribution ratio = audit.report().frameRatio().orElseThrow();
        assertThat(ratio).isEqualTo(new LabelAuditReport.Distribution(100, 1, 5, 50, 95, 100));
        assertThat(audit.report().framesPerLabel().orElseThrow().median())
                .isCloseTo(150, within(1e-6));
    }

    @Test
    void tellsSamplesWithFewerThanTwoFramesPerLabel() {
        audit.add(sample("roomy").setTarget(1, 2, 3).optFrames(12).build());
        audit.add(sample("tight").setTarget(1, 2, 3).optFrames(10).build());

        assertThat(only(Kind.TIGHT_FRAMES).sampleIds()).containsExactly("tight");
        assertThat(audit.report().verdict()).isEqualTo(Verdict.READY);
    }

    @Test
    void findsFeaturesThatAreNotNumbers() {
        audit.add(sample("nan").setTarget(1, 2).optFeatures(new float[] {0, Float.NaN}).build());
        float[] infinite = {Float.NEGATIVE_INFINITY, 1, Float.POSITIVE_INFINITY};
        audit.add(sample("infinite").setTarget(1, 2).optFeatures(infinite).build());
        audit.add(sample("good").setTarget(1, 2).optFeatures(new float[] {0, 1e30f}).build());

        AuditFinding finding = only(Kind.NON_FINITE_FEATURES);

        assertThat(finding.sampleIds()).containsExactly("nan", "infinite");
        assertThat(finding.example()).isEqualTo("\"nan\": 1 of 2 values");
        assertThat(audit.report().verdict()).isEqualTo(Verdict.USABLE_WITH_SKIPS);
    }

    @Test
    void findsFeaturesThatAreAllZero() {
        audit.add(sample("silent").setTarget(1, 2).optFeatures(new float[] {0, -0.0f}).build());
        audit.add(sample("sound").setTarget(1, 2).optFeatures(new float[] {0, 1}).build());
        audit.add(sample("empty").setTarget(1, 2).optFeatures(new float[0]).build());

        assertThat(only(Kind.ALL_ZERO_FEATURES).sampleIds()).containsExactly("silent");
    }

    @Test
    void findsIdsThatComeTwice() {
        for (String id : List.of("a", "b", "a", "c", "a")) {
            audit.add(sample(id).setTarget(1, 2).build());
        }

        AuditFinding finding = only(Kind.DUPLICATE_ID);

        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.sampleIds()).containsExactly("a", "a");
        assertThat(finding.example()).isEqualTo("\"a\": sample 3 has the id of sample 1");
    }

    @Test
    void findsSamplesThatComeTwiceUnderOtherNames() {
        LabelAudit texts = LabelAudit.builder().setAlphabet(ALPHABET).build();
        texts.add(sample("a").setText("ab").optFeatures(new float[] {1, 2}).build());
        texts.add(sample("other text").setText("ac").optFeatures(new float[] {1, 2}).build());
        texts.add(sample("other sound").setText("ab").optFeatures(new float[] {2, 1}).build());
        texts.add(sample("same").setText(" AB").optFeatures(new float[] {1, 2}).build());

        AuditFinding finding = only(texts, Kind.DUPLICATE_CONTENT);

        assertThat(finding.sampleIds()).containsExactly("same");
        assertThat(finding.example()).isEqualTo("\"same\": the same as \"a\"");
    }

    @Test
    void findsCharactersThatCannotBeSeenAndTheAlphabetHas() {
        LabelAudit texts =
                LabelAudit.builder()
                        .setAlphabet(Alphabet.ofCharacters(" ab\u0000\ufeff\u200b\u200c"))
                        .build();
        texts.add(sample("seen").setText("a b").build());
        texts.add(sample("joined").setText("a\u200cb").build());
        texts.add(sample("mark").setText("\ufeffab").build());
        texts.add(sample("several").setText("a\u0000b\u200b\u0000\ufeff\ufeff").build());

        AuditFinding finding = only(texts, Kind.INVISIBLE_CHARACTER);

        assertThat(texts.report().verdict()).isEqualTo(Verdict.READY);
        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.sampleIds()).containsExactly("mark", "several");
        assertThat(finding.example()).isEqualTo("\"mark\": U+FEFF");
        assertThat(finding.summary())
                .isEqualTo(
                        "characters that cannot be seen (U+FEFF 3 times, first in \"mark\"; U+0000"
                                + " 2 times, first in \"several\"; U+200B 1 times, first in"
                                + " \"several\")");
    }

    @Test
    void findsOutliersOfFramesPerLabel() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int frames = (int) (80 * Math.exp(0.2 * random.nextGaussian()));
            audit.add(sample("utt" + i).setTarget(1, 2, 3, 4).optFrames(frames).build());
        }
        assertThat(audit.report().findings(Kind.DURATION_OUTLIER)).isEmpty();

        audit.add(sample("slow").setTarget(1, 2, 3, 4).optFrames(1000).build());
        audit.add(sample("slowest").setTarget(1, 2).optFrames(2000).build());
        audit.add(sample("fast").setTarget(1, 2, 3, 4).optFrames(14).build());

        AuditFinding finding = only(Kind.DURATION_OUTLIER);
        assertThat(finding.count()).isEqualTo(3);
        assertThat(finding.sampleIds()).containsExactly("slowest", "slow", "fast");
        assertThat(finding.example())
                .startsWith(
                        "\"slowest\": frames 2000, labels 2, frames per label 1000.0; their median");
    }

    @Test
    void takesTheLimitOfOutliers() {
        LabelAudit strict = LabelAudit.builder().setClasses(3).optOutlierLimit(2).build();
        for (int i = 0; i < 40; i++) {
            strict.add(sample("utt" + i).setTarget(1, 2).optFrames(40).build());
        }
        strict.add(sample("a fifth more").setTarget(1, 2).optFrames(48).build());
        strict.add(sample("a quarter more").setTarget(1, 2).optFrames(50).build());

        assertThat(only(strict, Kind.DURATION_OUTLIER).sampleIds())
                .containsExactly("a quarter more");
    }

    @Test
    void namesTheClassesThatNoTargetHolds() {
        LabelAudit texts =
                LabelAudit.builder()
                        .setAlphabet(ALPHABET)
                        .setClasses(7)
                        .optExamplesPerFinding(3)
                        .build();
        texts.add(sample("a").setText("AC").build());

        AuditFinding finding = only(texts, Kind.UNUSED_CLASS);

        assertThat(finding.count()).isEqualTo(4);
        assertThat(finding.sampleIds()).isEmpty();
        assertThat(finding.summary())
                .isEqualTo("classes that no target holds (1 \" \", 3 \"B\", 5, ...)");
        assertThat(texts.report().verdict()).isEqualTo(Verdict.READY);
    }

    @Test
    void takesSamplesThatCannotBeReadByTheirReasons() {
        audit.add(sample("good").setTarget(1, 2).build());
        audit.addUnreadable("a.wav", "empty file", "0 bytes");
        audit.addUnreadable("b.wav", "file missing", "b.wav");
        audit.addUnreadable("c.wav", "empty file", "0 bytes");

        LabelAuditReport report = audit.report();

        assertThat(report.verdict()).isEqualTo(Verdict.USABLE_WITH_SKIPS);
        assertThat(report.findings(Kind.UNREADABLE))
                .extracting(AuditFinding::summary)
                .containsExactly("cannot be read: empty file", "cannot be read: file missing");
        assertThat(report.findings(Kind.UNREADABLE).get(0).sampleIds())
                .containsExactly("a.wav", "c.wav");
    }

    @Test
    void keepsFiftyReasonsApart() {
        for (int i = 0; i < 70; i++) {
            audit.addUnreadable("utt" + i, "reason " + i, "detail");
        }

        List<AuditFinding> findings = audit.report().findings(Kind.UNREADABLE);

        assertThat(findings).hasSize(51);
        assertThat(findings.get(50).summary()).isEqualTo("cannot be read: other reasons");
        assertThat(findings.get(50).count()).isEqualTo(20);
    }

    @Test
    void isBrokenWithoutAUsableSample() {
        assertThat(audit.report().verdict()).isEqualTo(Verdict.BROKEN);

        audit.add(sample("short").setTarget(1, 2).optFrames(1).build());

        assertThat(audit.report().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(only(Kind.NOTHING_USABLE).count()).isEqualTo(1);

        audit.add(sample("good").setTarget(1, 2).optFrames(8).build());

        assertThat(audit.report().verdict()).isEqualTo(Verdict.USABLE_WITH_SKIPS);
    }

    @Test
    void findsEveryDefectOfOneSampleAndSortsThemBySeverity() {
        audit.add(sample("good").setTarget(1, 2, 3, 4).optFrames(40).build());
        audit.add(
                sample("good")
                        .setTarget(0, -1, 9)
                        .optFrames(2)
                        .optFeatures(new float[] {Float.NaN})
                        .build());

        assertThat(audit.report().findings())
                .extracting(AuditFinding::kind)
                .containsExactly(
                        Kind.CLASS_COUNT,
                        Kind.ID_OUT_OF_RANGE,
                        Kind.BLANK_IN_TARGET,
                        Kind.TOO_FEW_FRAMES,
                        Kind.NON_FINITE_FEATURES,
                        Kind.DUPLICATE_ID);
        assertThat(audit.report().usable()).isEqualTo(1);
        assertThat(Kind.values()).extracting(Kind::severity).isSorted().contains(Severity.values());
    }

    @Test
    void countsAllAndNamesTheFirst() {
        LabelAudit brief = LabelAudit.builder().setClasses(3).optExamplesPerFinding(2).build();
        IntStream.range(0, 9)
                .forEach(i -> brief.add(sample("utt" + i).setTarget(1, 2).optFrames(1).build()));

        AuditFinding finding = only(brief, Kind.TOO_FEW_FRAMES);

        assertThat(finding.count()).isEqualTo(9);
        assertThat(finding.sampleIds()).containsExactly("utt0", "utt1");
    }

    @Test
    void keepsLittleOfAMillionSamples() {
        LabelAudit large = LabelAudit.builder().setAlphabet(ALPHABET).build();
        long before = usedMemory();
        float[] features = new float[2];
        for (int i = 0; i < 1_000_000; i++) {
            features[0] = i;
            String id = "a/rather/long/name/of/a/file/" + i + ".wav";
            large.add(
                    AuditSample.builder()
                            .setId(id)
                            .setText(
                                    i % 20 > 0
                                            ? "ABCABC"
                                            : "A" + Character.toString(0x4e00 + i % 20_000))
                            .optFrames(i % 3)
                            .optFeatures(features)
                            .build());
        }

        LabelAuditReport report = large.report();

        assertThat(usedMemory() - before).isLessThan(220L << 20);
        assertThat(report.samples()).isEqualTo(1_000_000);
        assertThat(report.findings(Kind.DUPLICATE_ID)).isEmpty();
        assertThat(report.findings(Kind.DUPLICATE_CONTENT)).isEmpty();
        assertThat(report.unknownCharacters()).hasSize(1_000);
        assertThat(report.findings())
                .allSatisfy(
                        finding -> assertThat(finding.sampleIds()).hasSizeLessThanOrEqualTo(10));
        assertThat(report.toJson()).hasSizeLessThan(200_000);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void rejectsWhatItCannotWorkWith() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().build())
                .withMessageContaining("neither setClasses nor setAlphabet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().setClasses(1).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().setClasses(4).optBlank(4).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().optSubsampling(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().optExamplesPerFinding(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelAudit.builder().optOutlierLimit(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> sample("a").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample("a").setTarget(1).setText("A").build());
        assertThatIllegalArgumentException().isThrownBy(() -> sample("a").optFrames(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> audit.add(sample("text").setText("A").build()))
                .withMessageContaining("\"text\"")
                .withMessageContaining("setAlphabet");
    }

    private AuditFinding only(Kind kind) {
        return only(audit, kind);
    }

    private static AuditFinding only(LabelAudit audit, Kind kind) {
        List<AuditFinding> findings = audit.report().findings(kind);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static AuditSample.Builder sample(String id) {
        return AuditSample.builder().setId(id);
    }
}
