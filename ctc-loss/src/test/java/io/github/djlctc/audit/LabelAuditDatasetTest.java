package io.github.djlctc.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.batch.UtteranceDataset;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.InfeasiblePolicy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The audit of DJL data sets, and against the loss. */
class LabelAuditDatasetTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @CountsArrays
    void walksADataSet() {
        UtteranceDataset dataset =
                UtteranceDataset.builder(40, 25, 31).setSampling(1, false).build();
        LabelAudit audit = LabelAudit.builder().setClasses(4).build();
        int before = manager.getManagedArrays().size();

        audit.addAll(dataset, manager);

        assertThat(manager.getManagedArrays()).hasSize(before);
        LabelAuditReport report = audit.report();
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.verdict()).isEqualTo(Verdict.READY);
        assertThat(report.framesPerLabel().orElseThrow().maximum()).isEqualTo(12.5);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void namesRecordsByTheirIndexAndTakesEveryForm() {
        LabelAudit audit = LabelAudit.builder().setClasses(4).optExamplesPerFinding(100).build();
        RecordDataset dataset =
                new RecordDataset(
                        m -> record(features(m, 1), m.create(new long[] {1, 2, 3})),
                        m -> record(features(m, 2), m.create(new int[] {4})),
                        m -> record(features(m, 3), m.create(new float[] {1, 2.5f})),
                        m -> record(features(m, 4), m.create(new long[] {1, 2}, new Shape(1, 2))),
                        m -> record(features(m, 1), m.create(new double[] {1, 2, 3})),
                        m -> record(features(m, 5), m.create(new Shape(0), DataType.INT64)),
                        m -> record(features(m, Float.NaN), m.create(new long[] {2})),
                        m -> record(features(m, 0), m.create(new long[] {0})),
                        m -> record(m.create(1f), m.create(new long[] {1})),
                        m ->
                                record(
                                        m.ones(new Shape(2, 3), DataType.UINT8),
                                        m.create(new long[] {1})),
                        m -> new Record(new NDList(), new NDList()),
                        m -> {
                            throw new IOException("the file is gone");
                        },
                        m -> {
                            throw new IllegalArgumentException("sound of 0 Hz");
                        });

        audit.addAll(dataset, manager);

        LabelAuditReport report = audit.report();
        assertThat(ids(report, Kind.CLASS_COUNT)).containsExactly("1");
        assertThat(ids(report, Kind.DUPLICATE_CONTENT)).containsExactly("4");
        assertThat(ids(report, Kind.EMPTY_TARGET)).containsExactly("5");
        assertThat(ids(report, Kind.NON_FINITE_FEATURES)).containsExactly("6");
        assertThat(ids(report, Kind.ALL_ZERO_FEATURES)).containsExactly("7");
        assertThat(ids(report, Kind.BLANK_IN_TARGET)).containsExactly("7");
        assertThat(ids(report, Kind.ONE_LABEL_TARGET)).containsExactly("1", "6", "7", "9");
        assertThat(report.findings(Kind.UNREADABLE))
                .extracting(AuditFinding::sampleIds)
                .containsExactly(List.of("2", "3", "8", "10", "12"), List.of("11"));
        assertThat(report.findings(Kind.UNREADABLE).get(0).example())
                .contains("the targets hold 2.5 at element 1");
        assertThat(report.samples()).isEqualTo(13);
    }

    @Test
    void callsThoseSamplesTooShortWhoseLossIsInfinite() {
        CTCLoss loss = CTCLoss.builder().optInfeasible(InfeasiblePolicy.KEEP_INFINITE).build();
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            int size = 1 + random.nextInt(6);
            int frames = 1 + random.nextInt(8);
            LabelAudit audit =
                    LabelAudit.builder().setClasses(3).optExamplesPerFinding(size).build();
            long[] inputLengths = new long[size];
            long[] padded = new long[size * 6];
            long[] targetLengths = new long[size];
            for (int n = 0; n < size; n++) {
                inputLengths[n] = random.nextInt(frames + 1);
                targetLengths[n] = random.nextInt(7);
                long[] target = new long[(int) targetLengths[n]];
                for (int s = 0; s < target.length; s++) {
                    target[s] = random.nextInt(1, 3);
                    padded[n * 6 + s] = target[s];
                }
                audit.add(
                        AuditSample.builder()
                                .setId(Integer.toString(n))
                                .setTarget(target)
                                .optFrames((int) inputLengths[n])
                                .build());
            }

            assertThat(ids(audit.report(), Kind.TOO_FEW_FRAMES))
                    .isEqualTo(infinite(loss, frames, inputLengths, padded, targetLengths));
        }
    }

    private List<String> infinite(
            CTCLoss loss, int frames, long[] inputLengths, long[] targets, long[] targetLengths) {
        int size = inputLengths.length;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray logits = scratch.randomNormal(new Shape(size, frames, 3));
            NDList labels =
                    new NDList(
                            scratch.create(targets, new Shape(size, 6)),
                            scratch.create(targetLengths));
            NDList predictions = new NDList(logits, scratch.create(inputLengths));
            float[] losses = loss.evaluatePerSample(labels, predictions).toFloatArray();
            List<String> infinite = new ArrayList<>();
            for (int n = 0; n < size; n++) {
                if (Float.isInfinite(losses[n])) {
                    infinite.add(Integer.toString(n));
                }
            }
            return infinite;
        }
    }

    private static List<String> ids(LabelAuditReport report, Kind kind) {
        return report.findings(kind).stream().flatMap(f -> f.sampleIds().stream()).toList();
    }

    private static NDArray features(NDManager manager, float value) {
        return manager.full(new Shape(30, 2), value);
    }

    private static Record record(NDArray features, NDArray target) {
        return new Record(new NDList(features), new NDList(target));
    }

    /** Makes a record. */
    @FunctionalInterface
    private interface Maker {
        Record make(NDManager manager) throws IOException;
    }

    /** A data set of records of any form. */
    private static final class RecordDataset extends RandomAccessDataset {

        private final Maker[] makers;

        RecordDataset(Maker... makers) {
            super(UtteranceDataset.builder().setSampling(1, false));
            this.makers = makers;
        }

        @Override
        public Record get(NDManager manager, long index) throws IOException {
            return makers[(int) index].make(manager);
        }

        @Override
        protected long availableSize() {
            return makers.length;
        }

        @Override
        public void prepare(Progress progress) {}
    }
}
