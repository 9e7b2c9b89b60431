package io.github.djlctc.spark;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CorpusAuditTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" abcdef");
    private static final int WIDTH = 3;

    private static final StructType SCHEMA =
            new StructType()
                    .add("utt", DataTypes.StringType)
                    .add("text", DataTypes.StringType)
                    .add("frames", DataTypes.IntegerType)
                    .add("features", "array<float>");

    /**
     * A sample with what is often wrong: letters that there are not, too few frames, NaN, copies.
     */
    private record Sample(String id, String text, float[] features) {

        static List<Sample> corpus() {
            Random random = new Random(7);
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int length = 1 + random.nextInt(12);
                StringBuilder text = new StringBuilder();
                for (int c = 0; c < length; c++) {
                    text.append(" abcdefx".charAt(random.nextInt(i % 9 == 0 ? 8 : 7)));
                }
                float[] features = new float[(random.nextInt(40) + 1) * WIDTH];
                for (int f = 0; f < features.length && i % 31 != 0; f++) {
                    features[f] = i % 17 == 0 && f == 2 ? Float.NaN : random.nextFloat();
                }
                samples.add(new Sample("u" + i % 190, text.toString(), features));
            }
            samples.add(new Sample("copy", samples.get(5).text, samples.get(5).features));
            return samples;
        }

        int frames() {
            return features.length / WIDTH;
        }

        Row row() {
            Float[] boxed = new Float[features.length];
            for (int i = 0; i < boxed.length; i++) {
                boxed[i] = features[i];
            }
            return RowFactory.create(id, text, frames(), boxed);
        }

        AuditSample auditSample() {
            return AuditSample.builder()
                    .setId(id)
                    .setText(text)
                    .optFrames(frames())
                    .optFeatures(features)
                    .build();
        }
    }

    private static LabelAudit audit() {
        return LabelAudit.builder().setAlphabet(LETTERS).optSubsampling(2).build();
    }

    private static Dataset<Row> rows() {
        List<Row> rows = Sample.corpus().stream().map(Sample::row).toList();
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
        return LocalSpark.session().createDataFrame(context.parallelize(rows, 4), SCHEMA);
    }

    private static LabelAuditReport oneMachine() {
        LabelAudit audit = audit();
        Sample.corpus().forEach(sample -> audit.add(sample.auditSample()));
        return audit.report();
    }

    @Test
    void theReportIsThatOfOneMachine() {
        LabelAudit audit = audit();

        CorpusAudit.builder()
                .optFramesColumn("frames")
                .optFeaturesColumn("features")
                .build()
                .audit(rows(), audit);

        assertThat(rows().javaRDD().getNumPartitions()).isEqualTo(4);
        LabelAuditReport expected = oneMachine();
        assertThat(expected.findings())
                .extracting(AuditFinding::kind)
                .contains(
                        AuditFinding.Kind.UNKNOWN_CHARACTER,
                        AuditFinding.Kind.NON_FINITE_FEATURES,
                        AuditFinding.Kind.DUPLICATE_ID);
        assertThat(audit.report()).isEqualTo(expected);
        assertThat(audit.report().toText()).isEqualTo(expected.toText());
    }

    @Test
    void withoutFramesAndFeaturesTextsAreAudited() {
        LabelAudit expected = audit();
        Sample.corpus()
                .forEach(
                        sample ->
                                expected.add(
                                        AuditSample.builder()
                                                .setId(sample.id())
                                                .setText(sample.text())
                                                .build()));
        LabelAudit audit = audit();

        CorpusAudit.builder().build().audit(rows(), audit);

        assertThat(audit.report()).isEqualTo(expected.report());
    }

    @Test
    void rowsWithoutWhatIsNeededAreCounted() {
        List<Row> rows =
                List.of(
                        RowFactory.create(null, "ab", 9, new Float[] {1f}),
                        RowFactory.create("silent", null, 9, new Float[] {1f}),
                        RowFactory.create("holes", "ab", 9, new Float[] {1f, null}),
                        RowFactory.create("absent", "ab", 9, null),
                        RowFactory.create("negative", "ab", -1, new Float[] {1f}),
                        RowFactory.create("good", "ab", 9, new Float[] {1f}));
        LabelAudit audit = audit();

        CorpusAudit.builder()
                .optFramesColumn("frames")
                .optFeaturesColumn("features")
                .build()
                .audit(LocalSpark.session().createDataFrame(rows, SCHEMA), audit);

        LabelAuditReport report = audit.report();
        assertThat(report.samples()).isEqualTo(6);
        AuditFinding unreadable = report.findings(AuditFinding.Kind.UNREADABLE).get(0);
        assertThat(unreadable.count()).isEqualTo(5);
        assertThat(unreadable.sampleIds()).contains("silent", "holes", "absent", "negative");
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CorpusAudit.builder()
                                        .optIdColumn("id")
                                        .build()
                                        .audit(rows(), audit()))
                .withMessageStartingWith("there is no column \"id\"; there are utt, text");
    }
}
