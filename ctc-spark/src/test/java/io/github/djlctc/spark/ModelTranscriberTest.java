package io.github.djlctc.spark;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslatorFactory;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.htr.serving.HtrTranslatorFactory;
import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ModelTranscriberTest {

    /** In a batch PyTorch adds numbers in another order: 3e-7 of scores down to -130. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

    private static final int FILES = 11;

    @TempDir private static Path shared;

    private static Path model;
    private static Path sounds;

    @TempDir private Path folder;

    private int loaded;

    @BeforeAll
    static void write() throws IOException {
        model = ServedFolders.speech(shared);
        ServedFolders.setProperty(
                model, "translatorFactory", CountingTranslatorFactory.class.getName());
        sounds = Files.createDirectory(shared.resolve("sounds"));
        for (int i = 0; i < FILES; i++) {
            ServedFolders.noise(
                    sounds.resolve("noise " + i + ".wav"), 900 + 1500 * (i * 5 % FILES));
        }
    }

    @BeforeEach
    void count() {
        loaded = CountingTranslatorFactory.LOADED.size();
    }

    private static ModelTranscriber.Builder transcriber() {
        return ModelTranscriber.builder()
                .setModel(model)
                .optArgument("ctc.nBest", "3")
                .optBatchSize(4)
                .optGatheredRows(9);
    }

    private static Dataset<Row> files(Path files) {
        return LocalSpark.session()
                .read()
                .format("binaryFile")
                .load(files.toString())
                .repartition(3);
    }

    private static Dataset<Row> rows(String column, Object... values) {
        boolean paths = Arrays.stream(values).anyMatch(String.class::isInstance);
        StructType schema =
                new StructType()
                        .add("number", DataTypes.IntegerType)
                        .add(column, paths ? DataTypes.StringType : DataTypes.BinaryType);
        List<Row> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(RowFactory.create(rows.size(), value));
        }
        return LocalSpark.session().createDataFrame(rows, schema).coalesce(1);
    }

    private static List<Row> byPath(Dataset<Row> transcribed) {
        return transcribed.orderBy("path").collectAsList();
    }

    private static String errorOf(Row row) {
        return row.getAs("error");
    }

    private static String textOf(Row row) {
        return row.getAs("text");
    }

    private static Map<Path, BeamSearchResult> alone(
            Path model, TranslatorFactory factory, List<Path> files) throws Exception {
        Criteria<Path, BeamSearchResult> criteria =
                Criteria.builder()
                        .setTypes(Path.class, BeamSearchResult.class)
                        .optModelPath(model)
                        .optArgument("ctc.nBest", "3")
                        .optTranslatorFactory(factory)
                        .build();
        Map<Path, BeamSearchResult> results = new LinkedHashMap<>();
        try (ZooModel<Path, BeamSearchResult> loaded = criteria.loadModel();
                Predictor<Path, BeamSearchResult> predictor = loaded.newPredictor()) {
            for (Path file : files) {
                results.put(file, predictor.predict(file));
            }
        }
        return results;
    }

    private static List<Path> list(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.sorted().toList();
        }
    }

    /** One file after the other by DJL's own predictor, from which all columns follow. */
    @Test
    void resultsAreThoseOfThePredictorForEachFileAlone() throws Exception {
        Map<Path, BeamSearchResult> expected =
                alone(model, new SpeechTranslatorFactory(), list(sounds));

        List<Row> transcribed = byPath(transcriber().build().transcribe(files(sounds)));

        assertThat(transcribed).hasSize(FILES);
        assertThat(transcribed.stream().map(ModelTranscriberTest::textOf).distinct().count())
                .isGreaterThan(FILES / 2);
        int next = 0;
        for (Map.Entry<Path, BeamSearchResult> each : expected.entrySet()) {
            Row row = transcribed.get(next++);
            assertThat(row.<String>getAs("path")).isEqualTo("file:" + each.getKey());
            assertThat(row.<Long>getAs("length")).isEqualTo(Files.size(each.getKey()));
            assertSame(row, each.getValue(), 0.02);
        }
    }

    private static void assertSame(Row row, BeamSearchResult expected, double seconds) {
        Hypothesis best = expected.best();
        assertThat(errorOf(row)).isNull();
        assertThat(textOf(row)).isEqualTo(best.text());
        assertThat(row.<Double>getAs("score")).isCloseTo(best.score(), ROUNDING);
        assertThat(row.<Double>getAs("acoustic")).isCloseTo(best.acousticScore(), ROUNDING);
        assertThat(row.<Double>getAs("lm")).isEqualTo(best.languageModelScore());
        List<Row> words = row.getList(row.fieldIndex("words"));
        assertThat(words).hasSameSizeAs(best.words());
        for (int i = 0; i < words.size(); i++) {
            WordSpan word = best.words().get(i);
            assertThat(words.get(i).<String>getAs("word")).isEqualTo(word.word());
            assertThat(words.get(i).<Double>getAs("start"))
                    .isCloseTo(word.startFrame() * seconds, within(1e-9));
            assertThat(words.get(i).<Double>getAs("end"))
                    .isCloseTo(word.endFrame() * seconds, within(1e-9));
            assertThat(words.get(i).<Double>getAs("confidence"))
                    .isCloseTo(word.confidence(), ROUNDING);
        }
        List<Row> nBest = row.getList(row.fieldIndex("nbest"));
        assertThat(nBest).hasSameSizeAs(expected.nBest());
        for (int i = 0; i < nBest.size(); i++) {
            assertThat(nBest.get(i).<String>getAs("text"))
                    .isEqualTo(expected.nBest().get(i).text());
            assertThat(nBest.get(i).<Double>getAs("score"))
                    .isCloseTo(expected.nBest().get(i).score(), ROUNDING);
        }
    }

    @Test
    void damagedFilesAreRowsWithTheirReasons() throws Exception {
        List<Path> files = list(sounds);
        byte[] wav = Files.readAllBytes(files.get(0));
        Object[] contents = new Object[files.size() + 4];
        for (int i = 0; i < files.size(); i++) {
            contents[i + 4] = Files.readAllBytes(files.get(i));
        }
        contents[0] = Arrays.copyOf(wav, wav.length / 2);
        contents[1] = new byte[0];
        contents[2] = "Dear diary".getBytes(StandardCharsets.UTF_8);
        List<Row> transcribed =
                transcriber()
                        .build()
                        .transcribe(rows("content", contents).repartition(3))
                        .orderBy("number")
                        .collectAsList();

        assertThat(transcribed).hasSize(files.size() + 4);
        assertThat(transcribed.subList(0, 4))
                .extracting(ModelTranscriberTest::errorOf)
                .satisfiesExactly(
                        error -> assertThat(error).contains("audio file truncated"),
                        error -> assertThat(error).contains("it has 0 bytes"),
                        error -> assertThat(error).contains("neither WAV, AIFF, AU"),
                        error -> assertThat(error).isEqualTo("there is no content"));
        assertThat(transcribed.subList(0, 4))
                .allSatisfy(
                        row -> {
                            assertThat(textOf(row)).isNull();
                            assertThat(row.<Object>getAs("words")).isNull();
                        });
        assertThat(transcribed.subList(4, transcribed.size()))
                .extracting(ModelTranscriberTest::textOf)
                .isEqualTo(
                        byPath(transcriber().build().transcribe(files(sounds))).stream()
                                .map(ModelTranscriberTest::textOf)
                                .toList());
    }

    @Test
    void pathsGiveWhatContentGives() throws IOException {
        ModelTranscriber transcriber = transcriber().build();

        Dataset<Row> ofContent = transcriber.transcribe(files(sounds));
        Dataset<Row> ofPaths = transcriber.transcribe(files(sounds).drop("content"));

        assertThat(ofPaths.columns()).isEqualTo(ofContent.columns()).doesNotContain("content");
        assertThat(byPath(ofPaths))
                .extracting(ModelTranscriberTest::textOf)
                .isEqualTo(byPath(ofContent).stream().map(ModelTranscriberTest::textOf).toList());
    }

    @Test
    void pathsThatCannotBeReadAreRowsWithTheirReasons() throws IOException {
        Path good = sounds.resolve("noise 0.wav");
        Path large = ServedFolders.noise(folder.resolve("large.wav"), 30_000);

        List<Row> transcribed =
                transcriber()
                        .optPathColumn("file")
                        .optMostFileBytes(60_000)
                        .build()
                        .transcribe(
                                rows(
                                        "file",
                                        folder.resolve("none.wav").toString(),
                                        good.toString(),
                                        sounds.toUri().toString(),
                                        null,
                                        "gopher://example.org/a.wav",
                                        "",
                                        large.toString()))
                        .collectAsList();

        assertThat(transcribed)
                .extracting(ModelTranscriberTest::errorOf)
                .satisfiesExactly(
                        error -> assertThat(error).contains("none.wav", "does not exist"),
                        error -> assertThat(error).isNull(),
                        error -> assertThat(error).contains("is a folder, not a file"),
                        error -> assertThat(error).isEqualTo("there is no path"),
                        error -> assertThat(error).contains("gopher"),
                        error -> assertThat(error).contains("empty string"),
                        error ->
                                assertThat(error)
                                        .contains("larger than 60000 bytes", "optMostFileBytes"));
        assertThat(transcribed.get(1).<String>getAs("file")).isEqualTo(good.toString());
    }

    @Test
    void rowsStayInTheirOrderHoweverTheyAreBatched() throws IOException {
        Object[] contents = new Object[FILES];
        for (int i = 0; i < FILES; i++) {
            contents[i] = Files.readAllBytes(sounds.resolve("noise " + i + ".wav"));
        }
        Dataset<Row> rows = rows("content", contents);

        List<Row> alone = transcriber().optBatchSize(1).build().transcribe(rows).collectAsList();
        List<Row> bytes =
                transcriber().optGatheredBytes(1).build().transcribe(rows).collectAsList();
        List<Row> padded =
                transcriber().optGatheredBytes(50_000).build().transcribe(rows).collectAsList();
        List<Row> together =
                transcriber()
                        .optBatchSize(100)
                        .optGatheredRows(100)
                        .build()
                        .transcribe(rows)
                        .collectAsList();

        assertThat(bytes).isEqualTo(alone);
        assertThat(alone)
                .extracting(row -> row.<Integer>getAs("number"))
                .isEqualTo(Stream.iterate(0, i -> i + 1).limit(FILES).toList());
        for (List<Row> other : List.of(padded, together)) {
            assertThat(other)
                    .extracting(row -> row.<Integer>getAs("number") + textOf(row))
                    .isEqualTo(
                            alone.stream()
                                    .map(row -> row.<Integer>getAs("number") + textOf(row))
                                    .toList());
        }
    }

    @Test
    void theModelIsLoadedOnceAndKeepsItsArrays() throws IOException {
        ModelTranscriber transcriber = transcriber().build();
        Dataset<Row> rows = files(sounds);

        long recognised = transcriber.transcribe(rows).filter("error is null").count();
        NDManager manager = CountingTranslatorFactory.LOADED.get(loaded);
        int arrays = manager.getManagedArrays().size();
        int system = manager.getParentManager().getManagedArrays().size();
        for (int i = 0; i < 2; i++) {
            recognised += transcriber.transcribe(rows).filter("error is null").count();
            transcriber.transcribe(rows.withColumn("content", col("path").cast("binary"))).count();
        }

        assertThat(recognised).isEqualTo(3 * FILES);
        assertThat(CountingTranslatorFactory.LOADED).hasSize(loaded + 1);
        assertThat(manager.getManagedArrays()).hasSize(arrays);
        assertThat(manager.getParentManager().getManagedArrays()).hasSize(system);
    }

    @Test
    void aModelIsClosedWhenAnotherIsAskedFor() throws IOException {
        Dataset<Row> rows = files(sounds);
        transcriber().build().transcribe(rows).count();
        NDManager first = CountingTranslatorFactory.LOADED.get(loaded);
        assertThat(first.isOpen()).isTrue();

        transcriber().build().transcribe(rows).count();

        assertThat(first.isOpen()).isFalse();
        assertThat(CountingTranslatorFactory.LOADED).hasSize(loaded + 2);
    }

    private static Path zip(Path archive, String prefix, Path model) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : list(model)) {
                out.putNextEntry(new ZipEntry(prefix + file.getFileName()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
        return archive;
    }

    @Test
    void aZipFileIsAsGoodAsItsFolder() throws IOException {
        Path packed = folder.resolve("packed.zip");
        ModelArchive.pack(model, packed);
        List<Path> archives =
                List.of(
                        packed,
                        zip(folder.resolve("flat.zip"), "", model),
                        zip(folder.resolve("with its folder.zip"), "my model/", model));
        List<Row> expected = byPath(transcriber().build().transcribe(files(sounds)));

        for (Path archive : archives) {
            assertThat(byPath(transcriber().setModel(archive).build().transcribe(files(sounds))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void linesAreReadTheSameWay() throws Exception {
        Path htr = ServedFolders.htr(folder);
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 1; i < 6; i++) {
            BufferedImage image = new BufferedImage(24 * i, 20, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), 20);
            graphics.setColor(Color.BLACK);
            for (int j = 0; j < i; j++) {
                graphics.drawRect(24 * j + 4, 3 + j, 10 + j, 12);
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
        Map<Path, BeamSearchResult> expected = alone(htr, new HtrTranslatorFactory(), list(images));

        List<Row> read = byPath(transcriber().setModel(htr).build().transcribe(files(images)));

        assertThat(read).hasSize(5);
        int next = 0;
        for (BeamSearchResult result : expected.values()) {
            assertSame(read.get(next++), result, 1); // in frames
        }
    }

    /** The features of one are of another width, which spoils its whole batch. */
    @Test
    void aBatchThatFailsIsRecognisedOneByOne() throws IOException {
        Path features = ServedFolders.speech(folder);
        ServedFolders.setProperty(
                features, "translatorFactory", "io.github.djlctc.serving.CtcTranslatorFactory");
        String frame = "[1,2,3,4,5,6,7,8,9,%d]";
        Object[] contents = new Object[6];
        for (int i = 0; i < contents.length; i++) {
            String frames =
                    String.join(",", List.of(frame, frame, frame, frame).subList(0, 1 + i % 3));
            contents[i] =
                    ("[" + frames.replace("%d", "" + i) + "]").getBytes(StandardCharsets.UTF_8);
        }
        contents[2] = "[[1,2],[3,4]]".getBytes(StandardCharsets.UTF_8);

        List<Row> transcribed =
                transcriber()
                        .setModel(features)
                        .optBatchSize(6)
                        .build()
                        .transcribe(rows("content", contents))
                        .collectAsList();

        assertThat(transcribed).hasSize(6);
        assertThat(errorOf(transcribed.get(2))).isNotBlank();
        assertThat(transcribed)
                .filteredOn(row -> row.<Integer>getAs("number") != 2)
                .allSatisfy(row -> assertThat(errorOf(row)).isNull());
    }

    @Test
    void whatIsWrongWithTheModelIsAnErrorBeforeAnyTask() throws IOException {
        Path none = folder.resolve("none");
        assertRefused(none, "none", "there is no such model");
        assertRefused(folder, "there is no serving.properties in it");

        Path damaged = ServedFolders.speech(folder);
        ServedFolders.setProperty(damaged, "ctc.beamWidth", "many");
        assertRefused(damaged, "cannot be loaded", "ctc.beamWidth is \"many\"");
        ServedFolders.setProperty(damaged, "ctc.beamWidth", "5");
        ServedFolders.setProperty(
                damaged, "translatorFactory", "ai.djl.translate.NoopServingTranslatorFactory");
        assertRefused(damaged, "NoopServingTranslator, but CtcServingTranslator is needed: name");
        ServedFolders.setProperty(
                damaged, "translatorFactory", CountingTranslatorFactory.class.getName());
        Path parameters = damaged.resolve("speech-0000.params");
        byte[] bytes = Files.readAllBytes(parameters);
        Files.write(parameters, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(damaged, "speech-0000.params");
    }

    @Test
    void aZipFileThatIsDamagedOrWantsToWriteElsewhereIsRefused() throws IOException {
        Path archive = zip(folder.resolve("good.zip"), "", model);
        byte[] bytes = Files.readAllBytes(archive);
        Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(half, "half.zip", "is damaged, or no zip file");
        byte[] wrong = bytes.clone();
        wrong[bytes.length / 3] ^= 0x55;
        assertRefused(Files.write(folder.resolve("wrong.zip"), wrong), "");
        for (String prefix : List.of("../outside-", "a/../../outside-", "/tmp/../../outside-")) {
            Path slip = zip(folder.resolve("slip.zip"), prefix, model);
            assertRefused(slip, "slip.zip is refused, since its entry", "is outside of it");
        }
    }

    private static void assertRefused(Path model, String... message) {
        assertThatThrownBy(
                        () ->
                                transcriber()
                                        .setModel(model)
                                        .build()
                                        .transcribe(rows("path", "never read")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void columnsAndOptionsThatDoNotFitAreNamed() {
        ModelTranscriber transcriber = transcriber().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transcriber.transcribe(rows("file", "a")))
                .withMessage(
                        "there is neither a column \"content\" of bytes nor \"path\" of paths;"
                                + " there are number, file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transcriber.transcribe(rows("content", "a")))
                .withMessage("the column \"content\" is of type string, but must be binary");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                transcriber.transcribe(
                                        rows("path", "a").withColumnRenamed("number", "text")))
                .withMessageContaining("withColumnRenamed");
        assertThatIllegalStateException()
                .isThrownBy(() -> ModelTranscriber.builder().build())
                .withMessage("no model; call setModel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelTranscriber.builder().optBatchSize(0))
                .withMessage("the files of a batch must be 1 or more, but are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelTranscriber.builder().optMostFileBytes(1L << 32));
    }
}
