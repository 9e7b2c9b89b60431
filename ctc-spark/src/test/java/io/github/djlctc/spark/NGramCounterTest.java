package io.github.djlctc.spark;

import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The file of a model is that of the estimator alone, byte by byte. */
class NGramCounterTest {

    @TempDir private Path folder;
    private SparkSession spark;

    /** Has its own options, so that no other test sees them. */
    @BeforeEach
    void startSession() {
        spark = LocalSpark.session().newSession();
    }

    /** Has Spark read files in parts of so many bytes. */
    private void cutFilesInto(long bytes) {
        spark.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(bytes));
        spark.conf().set("spark.sql.files.openCostInBytes", "0");
    }

    private static NGramEstimator estimator(int order, int... thresholds) {
        return NGramEstimator.builder()
                .setOrder(order)
                .optPruning(thresholds)
                .optDiscountFallback(Discounts.FALLBACK)
                .build();
    }

    private byte[] arpa(EstimatedNGrams model) throws IOException {
        Path file = folder.resolve("model.arpa");
        try (model) {
            model.writeArpa(file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void assertSame(NGramEstimator estimator, TextLines lines, Path text)
            throws IOException {
        assertThat(arpa(NGramCounter.of(estimator).estimate(lines)))
                .isEqualTo(arpa(estimator.estimate(text)));
    }

    /** Words of many frequencies, all separators, empty lines, and a last line without end. */
    private static String text(int seed, int words) {
        Random random = new Random(seed);
        String[] separators = {" ", " ", " ", "  ", "\t", "\r", "\0", "\n", "\r\n", "\n\n"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(random.nextInt(9) == 0 ? "\u00e9\u5b57\ud83d\ude00" : "w");
            text.append((int) Math.exp(7 * random.nextDouble()));
            text.append(separators[random.nextInt(separators.length)]);
        }
        return text.append("end").toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path pack(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private TextLines read(Path... paths) {
        return TextLines.read(
                spark, Arrays.stream(paths).map(Path::toString).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "3, 1", "5, 0"})
    void oneFileInManyPartsGivesTheSameModel(int order, int threshold) throws IOException {
        Path text = write("text.txt", text(1, 20_000));
        cutFilesInto(Files.size(text) / 7 + 1);

        TextLines lines = read(text);

        assertThat(lines.rows().toJavaRDD().getNumPartitions()).isEqualTo(7);
        assertSame(estimator(order, threshold), lines, text);
    }

    @Test
    void filesOfACorpusGiveTheSameModel() throws IOException {
        Path text = TestData.of(PublicCorpus.AN4, "data/an4/train.txt");

        assertSame(estimator(3, 0, 1), read(text), text);
        cutFilesInto(1000);
        assertSame(estimator(5, 0), read(text), text);
    }

    @Test
    void theOwnTextGivesTheSameModel() throws IOException {
        Path text = TestData.own("lm/text.txt");
        cutFilesInto(Files.size(text) / 3);

        assertSame(estimator(4, 0, 0, 2), read(text), text);
    }

    /** Spark reads the largest part first, and names are escaped where it tells them. */
    @Test
    void filesAreReadInTheOrderOfTheirNames() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("of words"));
        String[] names = {"a b.txt", "a!b.txt", "a+b.txt", "a%20b.txt", "\u00e9.txt", "B.txt"};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < names.length; i++) {
            Files.writeString(texts.resolve(names[i]), text(10 + i, 100 * (i + 1)) + "\n");
        }
        String[] sorted = {"B.txt", "a b.txt", "a!b.txt", "a%20b.txt", "a+b.txt", "\u00e9.txt"};
        for (String name : sorted) {
            all.write(Files.readAllBytes(texts.resolve(name)));
        }
        Path text = Files.write(folder.resolve("all.txt"), all.toByteArray());

        assertSame(estimator(2, 0), read(texts), text);
        cutFilesInto(500);
        assertSame(estimator(2, 0), read(texts), text);
    }

    @Test
    void packedFilesAndByteOrderMarksAreRead() throws IOException {
        byte[] marked = ("\ufeff" + text(3, 2000)).getBytes(StandardCharsets.UTF_8);
        Path plain = Files.write(folder.resolve("plain.txt"), marked);

        assertSame(estimator(3, 0), read(pack("packed.txt.gz", marked)), plain);
        cutFilesInto(1000);
        assertSame(estimator(3, 0), read(plain), plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void linesOfADatasetAreReadInItsOrder(int partitions) throws IOException {
        List<String> sentences = List.of(text(4, 3000).split("\n", -1));
        Dataset<String> lines =
                spark.createDataset(
                        new JavaSparkContext(spark.sparkContext())
                                .parallelize(sentences, partitions)
                                .rdd(),
                        Encoders.STRING());
        byte[] expected = arpa(estimator(3, 0).estimate(sentences));

        NGramCounter counter = NGramCounter.of(estimator(3, 0));

        assertThat(arpa(counter.estimate(TextLines.of(lines)))).isEqualTo(expected);
        assertThat(arpa(counter.estimate(TextLines.of(lines.toDF("a.b"), "a.b"))))
                .isEqualTo(expected);
        assertThat(
                        arpa(
                                counter.estimate(
                                        TextLines.of(
                                                lines.select(col("value").cast("binary").as("x")),
                                                "x"))))
                .isEqualTo(expected);
    }

    @Test
    void wordsAndCountsAreTables() throws IOException {
        NGramCounter counter = NGramCounter.of(estimator(2, 0));
        TextLines lines = read(write("text.txt", "b a\n\nb a\r\n"));

        assertThat(counter.words(lines).select("word", "first.index", "error").collectAsList())
                .containsExactly(
                        RowFactory.create("b", 1L, null), RowFactory.create("a", 2L, null));
        assertThat(counter.ngrams(lines).collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create("<s> b", 2L),
                        RowFactory.create("b a", 2L),
                        RowFactory.create("a </s>", 2L),
                        RowFactory.create("<s> </s>", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<s>", "</s>", "<unk>", "<UNK>"})
    void reservedWordsAreNamedWithFileAndLine(String word) throws IOException {
        Path text = write("good.txt", "a b\n".repeat(100));
        Path bad = write("is bad.txt", "c d\r\n".repeat(500) + "c " + word + "\n<s>\n");
        cutFilesInto(300);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NGramCounter.of(estimator(2, 0)).estimate(read(bad, text)))
                .withMessage(
                        bad
                                + ", line 501: the word "
                                + word
                                + " is reserved; remove it or spell it otherwise");
    }

    @Test
    void whatIsNotUtf8IsNamedWithFileAndLine() throws IOException {
        Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {'a', '\n', 'b', ' ', -23});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NGramCounter.of(estimator(2, 0)).estimate(read(bad)))
                .withMessage(bad + ", line 2: not UTF-8; save the file in that encoding");
        assertThatThrownBy(() -> NGramCounter.of(estimator(2, 0)).ngrams(read(bad)).count())
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void linesOfADatasetAreNamedByNumber() {
        StructType schema = new StructType().add("x", DataTypes.StringType);
        Dataset<Row> rows =
                spark.createDataFrame(
                        List.of(
                                RowFactory.create("a"),
                                RowFactory.create("b"),
                                RowFactory.create((Object) null)),
                        schema);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NGramCounter.of(estimator(2, 0)).estimate(TextLines.of(rows, "x")))
                .withMessage("line 3: the line is null; leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextLines.of(rows.selectExpr("1 as n"), "n"))
                .withMessage("the column \"n\" is of type int, but must be string or binary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextLines.of(rows, "y"))
                .withMessageContaining("y");
    }

    @Test
    void textsWithoutWordsAndMissingFilesAreErrors() throws IOException {
        Path empty = write("empty.txt", "\n \n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NGramCounter.of(estimator(2, 0)).estimate(read(empty)))
                .withMessageContaining("there is no word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextLines.read(spark))
                .withMessage("no path; name text files or folders of them");
        assertThatThrownBy(() -> read(folder.resolve("missing.txt")))
                .hasMessageContaining("missing.txt");
    }
}
