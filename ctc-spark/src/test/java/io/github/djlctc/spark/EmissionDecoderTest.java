package io.github.djlctc.spark;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.DecoderRecipe;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmissionDecoderTest {

    private static final StructType FLAT = schema("array<float>");

    private static Alphabet alphabet;
    private static List<RecordedUtterance> utterances;

    @BeforeAll
    static void read() throws IOException {
        alphabet = Alphabet.read(EmissionSet.ownAlphabet());
        utterances = EmissionSet.own("weak");
    }

    private static StructType schema(String emissions) {
        return new StructType()
                .add("utt", DataTypes.StringType)
                .add("emissions", emissions)
                .add("frames", DataTypes.LongType)
                .add("speaker", DataTypes.StringType);
    }

    private static Dataset<Row> frame(List<Row> rows, StructType schema) {
        return LocalSpark.session().createDataFrame(rows, schema).repartition(4, col("utt"));
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    private static Row row(String id, Object emissions, Long frames) {
        return RowFactory.create(id, emissions, frames, "s" + id.length());
    }

    private static List<Row> rows() {
        return utterances.stream()
                .map(u -> row(u.id(), boxed(u.emissions()), (long) u.frames()))
                .toList();
    }

    private static DecoderRecipe beamSearch() {
        Alphabet classes = alphabet;
        return DecoderRecipe.of(
                () ->
                        BeamSearchDecoder.builder()
                                .setAlphabet(classes)
                                .optNBest(3)
                                .optHotwords(List.of(new Hotword("zero", 2)))
                                .build());
    }

    private static DecoderRecipe greedy() {
        Alphabet classes = alphabet;
        return DecoderRecipe.of(() -> new GreedyDecoder(classes));
    }

    private static Row find(List<Row> rows, String id) {
        return rows.stream().filter(row -> id.equals(row.getAs("utt"))).findFirst().orElseThrow();
    }

    /** Written column by column, from what the decoder gives for one utterance after the other. */
    @Test
    void resultsAreThoseOfTheDecoder() throws IOException {
        BeamSearchDecoder decoder = (BeamSearchDecoder) beamSearch().decoder();

        List<Row> decoded =
                EmissionDecoder.builder()
                        .setDecoder(beamSearch())
                        .optFramesColumn("frames")
                        .optSecondsPerFrame(0.02)
                        .build()
                        .decode(frame(rows(), FLAT))
                        .collectAsList();

        assertThat(decoded).hasSameSizeAs(utterances);
        for (RecordedUtterance utterance : utterances) {
            Row row = find(decoded, utterance.id());
            BeamSearchResult result = decoder.search(utterance.emissions(), utterance.frames());
            Hypothesis best = result.best();
            assertThat(row.<String>getAs("speaker")).isEqualTo("s" + utterance.id().length());
            assertThat(row.<String>getAs("text")).isEqualTo(best.text());
            assertThat(row.<Double>getAs("score")).isEqualTo(best.score());
            assertThat(row.<Double>getAs("acoustic")).isEqualTo(best.acousticScore());
            assertThat(row.<Double>getAs("lm")).isEqualTo(best.languageModelScore());
            assertThat(row.<String>getAs("error")).isNull();
            List<Row> words = row.getList(row.fieldIndex("words"));
            assertThat(words).hasSameSizeAs(best.words());
            for (int i = 0; i < words.size(); i++) {
                WordSpan word = best.words().get(i);
                assertThat(words.get(i).<String>getAs("word")).isEqualTo(word.word());
                assertThat(words.get(i).<Double>getAs("start"))
                        .isEqualTo(word.startFrame() * 2 / 100d);
                assertThat(words.get(i).<Double>getAs("end")).isEqualTo(word.endFrame() * 2 / 100d);
                assertThat(words.get(i).<Double>getAs("confidence")).isEqualTo(word.confidence());
            }
            assertThat(row.<Row>getList(row.fieldIndex("nbest")))
                    .extracting(hypothesis -> hypothesis.<String>getAs("text"))
                    .containsExactlyElementsOf(
                            result.nBest().stream().map(Hypothesis::text).toList());
            Row hotword = row.<Row>getList(row.fieldIndex("hotwords")).get(0);
            assertThat(hotword.<String>getAs("status"))
                    .isEqualTo(result.hotwords().get(0).status().name());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emissions",
                "cast(emissions as array<double>)",
                "transform(sequence(0, int(frames) - 1), i -> slice(emissions, i * 29 + 1, 29))"
            })
    void takesFloatsAndDoublesInOneArrayOrInFrames(String emissions) throws IOException {
        int classes = alphabet.size();
        Dataset<Row> rows =
                frame(rows(), FLAT)
                        .withColumn("emissions", expr(emissions.replace("29", "" + classes)))
                        .drop("frames");

        List<Row> decoded =
                EmissionDecoder.builder().setDecoder(greedy()).build().decode(rows).collectAsList();

        GreedyDecoder decoder = new GreedyDecoder(alphabet);
        assertThat(decoded).hasSameSizeAs(utterances);
        for (RecordedUtterance utterance : utterances) {
            assertThat(find(decoded, utterance.id()).<String>getAs("text"))
                    .isEqualTo(decoder.decode(utterance.emissions(), utterance.frames()).text());
        }
    }

    /** Floats without null are not boxed by Spark; those that may be null are checked. */
    @Test
    void floatsThatCannotBeNullGiveTheSame() throws IOException {
        Dataset<Row> nullable = frame(rows(), FLAT);
        StructType strict =
                new StructType()
                        .add("utt", DataTypes.StringType)
                        .add("emissions", DataTypes.createArrayType(DataTypes.FloatType, false))
                        .add("frames", DataTypes.LongType)
                        .add("speaker", DataTypes.StringType);
        Dataset<Row> primitive = LocalSpark.session().createDataFrame(nullable.javaRDD(), strict);
        EmissionDecoder decoder =
                EmissionDecoder.builder().setDecoder(greedy()).optFramesColumn("frames").build();

        assertThat(decoder.decode(primitive).collectAsList())
                .isEqualTo(decoder.decode(nullable).collectAsList());
    }

    @Test
    void aBadUtteranceIsARowWithItsReason() throws IOException {
        int classes = alphabet.size();
        Float[] missing = boxed(new float[2 * classes]);
        missing[3] = null;
        float[] notANumber = new float[2 * classes];
        notANumber[classes + 1] = Float.NaN;
        List<Row> rows = new ArrayList<>();
        rows.add(row("null", null, 2L));
        rows.add(row("missing", missing, 2L));
        rows.add(row("nan", boxed(notANumber), 2L));
        rows.add(row("short", boxed(new float[2 * classes - 1]), 2L));
        rows.add(row("frames", boxed(new float[2 * classes]), 3L));
        rows.add(row("huge", boxed(new float[2 * classes]), 1L << 40));
        rows.add(row("good", boxed(new float[2 * classes]), 2L));

        List<Row> decoded =
                EmissionDecoder.builder()
                        .setDecoder(greedy())
                        .optFramesColumn("frames")
                        .build()
                        .decode(frame(rows, FLAT))
                        .collectAsList();

        assertThat(decoded).hasSize(7);
        assertThat(find(decoded, "good").<String>getAs("error")).isNull();
        assertError(decoded, "null", "there are no emissions");
        assertError(decoded, "missing", "a score is null");
        assertError(decoded, "nan", "frame 1");
        assertError(decoded, "short", "" + (2 * classes - 1));
        assertError(decoded, "frames", "3");
        assertError(decoded, "huge", "1099511627776");
    }

    private static void assertError(List<Row> decoded, String id, String message) {
        Row row = find(decoded, id);
        assertThat(row.<String>getAs("error")).contains(message);
        assertThat(row.<String>getAs("text")).isNull();
        assertThat(row.<Object>getAs("words")).isNull();
        assertThat(row.<Object>getAs("score")).isNull();
    }

    @Test
    void anErrorOfAnEarlierStepIsKept() throws IOException {
        Dataset<Row> rows =
                frame(rows(), FLAT)
                        .withColumn(
                                "error",
                                expr("if(utt = '" + utterances.get(0).id() + "', 'lost', null)"));

        List<Row> decoded =
                EmissionDecoder.builder().setDecoder(greedy()).build().decode(rows).collectAsList();

        assertError(decoded, utterances.get(0).id(), "lost");
        assertThat(decoded.stream().filter(row -> row.getAs("error") == null))
                .hasSize(utterances.size() - 1);
    }

    @Test
    void raggedFramesAreNamed() throws IOException {
        int classes = alphabet.size();
        Float[] frame = boxed(new float[classes]);
        List<Row> rows =
                List.of(
                        row("ragged", new Float[][] {frame, Arrays.copyOf(frame, 3)}, null),
                        row("none", new Float[][] {frame, null}, null),
                        row("empty", new Float[0][], null));

        List<Row> decoded =
                EmissionDecoder.builder()
                        .setDecoder(greedy())
                        .build()
                        .decode(frame(rows, schema("array<array<float>>")).drop("frames"))
                        .collectAsList();

        assertError(decoded, "ragged", "a frame has other than " + classes + " scores");
        assertError(decoded, "none", "a frame has other than " + classes + " scores");
        assertThat(find(decoded, "empty").<String>getAs("text")).isEmpty();
    }

    @Test
    void columnsThatDoNotFitAreNamedBeforeAnythingRuns() {
        EmissionDecoder decoder =
                EmissionDecoder.builder().setDecoder(greedy()).optFramesColumn("frames").build();
        Dataset<Row> rows = frame(rows(), FLAT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(rows.withColumnRenamed("emissions", "logits")))
                .withMessage(
                        "there is no column \"emissions\"; there are utt, logits, frames, speaker");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(rows.withColumn("emissions", col("utt"))))
                .withMessageContaining("is of type string")
                .withMessageContaining("array<float>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(rows.withColumnRenamed("speaker", "Text")))
                .withMessageContaining("\"Text\"")
                .withMessageContaining("withColumnRenamed");
        assertThatIllegalStateException().isThrownBy(() -> EmissionDecoder.builder().build());
    }

    @Test
    void namesOfColumnsMayHoldAnything() throws IOException {
        Dataset<Row> rows =
                frame(rows(), FLAT)
                        .withColumnRenamed("emissions", "the `log.its`")
                        .withColumnRenamed("utt", "a.b");

        Dataset<Row> decoded =
                EmissionDecoder.builder()
                        .setDecoder(greedy())
                        .optEmissionsColumn("the `log.its`")
                        .build()
                        .decode(rows);

        assertThat(decoded.columns()).startsWith("a.b", "frames", "speaker", "text");
        assertThat(decoded.filter("error is null").count()).isEqualTo(utterances.size());
    }

    @Test
    void onlyEmissionsAreEnough() throws IOException {
        Dataset<Row> rows = frame(rows(), FLAT).select("emissions");

        Dataset<Row> decoded = EmissionDecoder.builder().setDecoder(greedy()).build().decode(rows);

        assertThat(decoded.filter("error is null").count()).isEqualTo(utterances.size());
    }
}
