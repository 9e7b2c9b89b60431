package io.github.djlctc.lm;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** A damaged file is either refused with a message or read as a model with other figures. */
class DamagedModelTest {

    private static final Map<String, byte[]> MODELS = new TreeMap<>();

    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("damaged", ".lm");
        for (String name : Fixtures.ALL) {
            MODELS.put(name, Files.readAllBytes(Fixtures.file(name)));
        }
    }

    @AfterContainer
    static void delete() throws IOException {
        if (file != null) {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.of(Fixtures.ALL);
    }

    @Property(tries = 300, seed = "21")
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        readAndUse(bytes);
    }

    @Property(tries = 100, seed = "22")
    void anyBytesAfterTheMagic(@ForAll byte[] bytes, @ForAll("models") String name)
            throws IOException {
        byte[] model = MODELS.get(name).clone();
        System.arraycopy(bytes, 0, model, 108, Math.min(bytes.length, 4000));
        readAndUse(model);
    }

    @Property(tries = 600, seed = "23")
    void mutations(@ForAll long seed, @ForAll("models") String name) throws IOException {
        Random random = new Random(seed);
        byte[] model = MODELS.get(name).clone();
        int mutations = 1 + random.nextInt(8);
        for (int i = 0; i < mutations; i++) {
            model = mutate(model, random);
        }
        readAndUse(model);
    }

    private static byte[] mutate(byte[] model, Random random) {
        // Half of the damage is done to the header.
        int end = random.nextBoolean() ? Math.min(model.length, 200) : model.length;
        int at = random.nextInt(end);
        return switch (random.nextInt(5)) {
            case 0 -> filled(model, at, at + 1, (byte) random.nextInt());
            case 1 -> filled(model, at, at + 1, (byte) (model[at] ^ 1 << random.nextInt(8)));
            case 2 ->
                    filled(model, at, Math.min(model.length, at + random.nextInt(500)), (byte) -1);
            case 3 -> Arrays.copyOf(model, Math.max(1, model.length - random.nextInt(3000)));
            default -> inserted(model, at, new byte[1 + random.nextInt(20)]);
        };
    }

    private static byte[] filled(byte[] model, int start, int end, byte value) {
        Arrays.fill(model, start, end, value);
        return model;
    }

    private static byte[] inserted(byte[] model, int at, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(model, 0, at);
        out.writeBytes(bytes);
        out.write(model, at, model.length - at);
        return out.toByteArray();
    }

    @Property(tries = 200, seed = "24")
    void anyLines(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String[] pieces = {
            "\\data\\\n",
            "ngram 1=2\n",
            "ngram 2=1\n",
            "\n",
            "\\1-grams:\n",
            "\\2-grams:\n",
            "-1 a\n",
            "-1\tb -1\n",
            "-0.5 a b\n",
            "\\end\\\n",
            "\\end\\",
            "-1e9999 c\n",
            "\0",
            "\\\n",
            "= "
        };
        StringBuilder text = new StringBuilder("\\data\\\nngram 1=1\n\\1-grams:\n");
        for (int i = random.nextInt(15); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        readAndUse(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What is no weight is refused, at the latest when it would be a score. */
    @Property(tries = 400, seed = "25")
    void impossibleWeights(
            @ForAll long seed, @ForAll("models") String name, @ForAll("weights") float weight)
            throws IOException {
        byte[] model = MODELS.get(name).clone();
        Random random = new Random(seed);
        ByteBuffer values = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 50; i++) {
            // Behind the header, before the list of words.
            int at = 200 + random.nextInt((model.length * 3 / 4 - 200) / Float.BYTES) * Float.BYTES;
            values.putFloat(at, weight);
        }
        readAndUse(model);
    }

    @Provide
    Arbitrary<Float> weights() {
        return Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY);
    }

    /** Where the n-grams of every other word begin, and so where those of the word before end. */
    @Property
    void impossiblePointers(@ForAll("pointers") long pointer) throws IOException {
        byte[] model = MODELS.get(Fixtures.TRIE).clone();
        ByteBuffer values = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
        int words = Fixtures.read(Fixtures.TRIE).vocabulary().size();
        // Behind the header, the number of words and their hashes.
        int unigrams = 136 + 8 + 8 * words;
        for (int word = 1; word <= words; word += 2) {
            values.putLong(unigrams + 16 * word + 8, pointer);
        }
        readAndUse(model);
    }

    @Provide
    Arbitrary<Long> pointers() {
        return Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, Long.MAX_VALUE);
    }

    private static void readAndUse(byte[] bytes) throws IOException {
        // A new file each time, since a mapped file must not be shortened.
        Files.delete(file);
        Files.write(file, bytes);
        NGramModel model;
        try {
            model = NGramModel.read(file);
        } catch (LanguageModelFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return;
        }
        try {
            use(model);
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("damaged");
        }
    }

    private static void use(NGramModel model) {
        Random random = new Random(1);
        int[] state = new int[model.stateSize()];
        int[] matched = new int[1];
        model.writeSentenceStart(state, 0);
        for (int i = 0; i < 100; i++) {
            String word = model.vocabulary().get(random.nextInt(model.vocabulary().size()));
            int id = model.wordId(word);
            assertThat(model.score(state, 0, id, state, 0, matched)).isNotNaN();
            assertThat(matched[0]).isBetween(1, model.order());
            assertThat(model.scoreSentenceEnd(state, 0)).isNotNaN();
        }
    }
}
