package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.loss.LossMemory;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** An audit tells what a batch takes, and which samples take far more than the others. */
class BatchMemoryTest {

    private static final int CLASSES = 30;
    private static final long BYTES_PER_FRAME = 20_000;
    private static final double MEBIBYTE = 1 << 20;

    private final LabelAudit.Builder builder =
            LabelAudit.builder()
                    .setClasses(CLASSES)
                    .optSubsampling(2)
                    .optBatchSize(16)
                    .optModelBytes(frames -> BYTES_PER_FRAME * frames)
                    .optExamplesPerFinding(2);

    @Test
    void namesTheLongestOfThoseThatTakeFarMore() {
        LabelAuditReport report = withLongSamples(builder.build());
        assertThat(report.verdict()).isEqualTo(Verdict.READY);
        assertThat(report.findings(Kind.MEMORY_OUTLIER))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.count()).isEqualTo(3);
                            assertThat(finding.sampleIds()).containsExactly("ten", "six");
                            assertThat(finding.example())
                                    .startsWith("\"ten\": frames 60000, labels 1000: a batch of 16")
                                    .contains("of this length takes about 18")
                                    .endsWith("MiB in training; the median is 154 MiB");
                            assertThat(finding.remedy()).contains("optMaxFrames");
                        });
    }

    @Test
    void reckonsModelLogitsAndLossOfABatch() {
        LabelAudit audit = builder.build();
        audit.add(sample("a", 1_000, 100));
        double expected =
                LossMemory.of(16, 500, CLASSES, 100).bytes() + 16 * 1_000 * BYTES_PER_FRAME;
        assertThat(audit.report().batchMebibytes().orElseThrow().maximum())
                .isCloseTo(expected / MEBIBYTE, within(1e-4 * expected / MEBIBYTE));
    }

    @Test
    void framesBoundABatch() {
        LabelAuditReport report = withLongSamples(builder.optMaxFrames(16_000).build());
        assertThat(report.findings(Kind.MEMORY_OUTLIER))
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.example())
                                        .startsWith(
                                                "\"ten\": frames 60000, labels 1000: by itself, it"
                                                        + " takes about 11"));
        assertThat(report.batchMebibytes().orElseThrow().maximum()).isBetween(1_100., 1_250.);
    }

    /** All are long, or the longest is short: there is nothing to be warned of. */
    @Test
    void nothingStandsOut() {
        LabelAudit allLong = builder.build();
        LabelAudit allShort = builder.build();
        for (int i = 0; i < 30; i++) {
            allLong.add(sample("s" + i, 60_000, 100));
            allShort.add(sample("s" + i, i == 7 ? 1_000 : 100, 10));
        }
        assertThat(allLong.report().findings(Kind.MEMORY_OUTLIER)).isEmpty();
        assertThat(allShort.report().findings(Kind.MEMORY_OUTLIER)).isEmpty();
    }

    @Test
    void withoutFramesNothingIsKnown() {
        LabelAudit audit = builder.build();
        audit.add(AuditSample.builder().setId("a").setTarget(1, 2).build());
        assertThat(audit.report().batchMebibytes()).isEmpty();
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> builder.optBatchSize(0)).hasMessageContaining("batch size");
        assertThatThrownBy(() -> builder.optMaxFrames(0)).hasMessageContaining("frames");
    }

    private static LabelAuditReport withLongSamples(LabelAudit audit) {
        for (int i = 0; i < 30; i++) {
            audit.add(sample("s" + i, 500, 40));
        }
        audit.add(sample("five", 30_000, 500));
        audit.add(sample("ten", 60_000, 1_000));
        audit.add(sample("six", 36_000, 500));
        return audit.report();
    }

    private static AuditSample sample(String id, int frames, int labels) {
        long[] target = new long[labels];
        for (int s = 0; s < labels; s++) {
            target[s] = 1L + s % (CLASSES - 1);
        }
        return AuditSample.builder().setId(id).setTarget(target).optFrames(frames).build();
    }
}
