package io.github.djlctc.lm;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Headers of KenLM binaries that are damaged or of another kind. */
class KenLMBinaryTest {

    private static final int FLOATS = 56;
    private static final int ORDER = 88;
    private static final int MULTIPLIER = 92;
    private static final int KIND = 96;
    private static final int HAS_WORDS = 100;
    private static final int SEARCH_VERSION = 104;
    private static final int COUNTS = 108;

    private static byte[] probing;
    private static byte[] trie;

    @TempDir Path folder;

    @BeforeAll
    static void read() throws IOException {
        probing = Files.readAllBytes(Fixtures.file(Fixtures.PROBING));
        trie = Files.readAllBytes(Fixtures.file(Fixtures.TRIE));
    }

    private void assertProblem(byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("model.binary"), bytes);
        assertThatThrownBy(() -> NGramModel.read(file))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("model.binary: this is a KenLM binary, but ")
                .hasMessageContaining(message)
                .hasMessageContaining("build_binary model.arpa");
    }

    private static ByteBuffer copy(byte[] bytes) {
        return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void wordsAreFoundByTheirIds() throws IOException {
        for (String name : Fixtures.ALL) {
            NGramModel model = Fixtures.read(name);
            assertThat(model.order()).isEqualTo(3);
            assertThat(model.vocabulary()).hasSize(793);
            for (int id = 0; id < model.vocabulary().size(); id++) {
                assertThat(model.wordId(model.vocabulary().get(id))).isEqualTo(id);
            }
            assertThat(model.wordId("ZEBRA")).isEqualTo(model.unknownWord());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, models of probing hash tables with rest costs are not supported",
        "-1, models of kind -1 are not supported",
        "6, models of kind 6 are not supported"
    })
    void namesKindsThatAreNotSupported(int kind, String message) throws IOException {
        assertProblem(copy(trie).putInt(KIND, kind).array(), message);
    }

    @Test
    void namesOtherVersions() throws IOException {
        assertProblem(copy(probing).put(49, (byte) '4').array(), "its format has the version 4");
        assertProblem(
                copy(probing).putInt(SEARCH_VERSION, 7).array(),
                "its format of probing hash tables has the version 7");
        byte[] incomplete = probing.clone();
        byte[] start =
                "mmap lm http://kheafield.com/code incomplete\n"
                        .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, incomplete, 0, start.length);
        assertProblem(incomplete, "was not completed");
        assertProblem(copy(trie).put(HAS_WORDS, (byte) 0).array(), "it holds no words");
    }

    @Test
    void namesOtherFormatsOfNumbers() throws IOException {
        byte[] bytes = trie.clone();
        ByteBuffer bigEndian = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        bigEndian.putFloat(FLOATS + 4, 1).putFloat(FLOATS + 8, -0.5f).putInt(FLOATS + 12, 1);
        assertProblem(bytes, "another byte order");
    }

    @Test
    void absurdSizesAreNotBelieved() throws IOException {
        for (byte[] model : List.of(probing, trie)) {
            assertProblem(copy(model).put(ORDER, (byte) 1).array(), "its order is 1");
            assertProblem(copy(model).put(ORDER, (byte) 255).array(), "its order is 255");
            assertProblem(copy(model).put(ORDER, (byte) 5).array(), "");
            for (long count : List.of(-1L, Long.MAX_VALUE, 1L << 40)) {
                for (int i = 0; i < 3; i++) {
                    assertProblem(
                            copy(model).putLong(COUNTS + 8 * i, count).array(), (i + 1) + "-grams");
                }
            }
            assertProblem(copy(model).putLong(COUNTS + 16, model.length).array(), "it ends after");
        }
        assertProblem(copy(probing).putFloat(MULTIPLIER, 0.5f).array(), "multiplier is 0.5");
        assertProblem(copy(probing).putFloat(MULTIPLIER, Float.NaN).array(), "multiplier is NaN");
        assertProblem(copy(probing).putFloat(MULTIPLIER, 1e30f).array(), "it ends after");
    }

    @Test
    void namesTheWordWhoseWeightIsNone() throws IOException {
        NGramModel model = Fixtures.read(Fixtures.PROBING);
        int word = model.wordId("of");
        int[] state = new int[model.stateSize()];
        model.writeEmptyContext(state, 0);
        float log10 = (float) (model.score(state, 0, word, state, 0) / Math.log(10));
        // Its weights are the only ones with these bits; the sign says whether others end in it.
        for (byte[] bytes : List.of(probing, trie)) {
            int at = indexOf(copy(bytes), Math.abs(log10));
            assertProblem(
                    copy(bytes).putFloat(at, Float.NaN).array(), "the word \"of\" has the log");
        }
    }

    private static int indexOf(ByteBuffer file, float absolute) {
        for (int at = 128; at < file.limit() - Float.BYTES; at += Float.BYTES) {
            if (Math.abs(file.getFloat(at)) == absolute) {
                return at;
            }
        }
        throw new AssertionError("the file does not hold " + absolute);
    }

    @Test
    void refusesTablesOfImpossibleWeights() throws IOException {
        byte[] quantized = Files.readAllBytes(Fixtures.file(Fixtures.QUANTIZED));
        // Behind the hashes of the words, with room for one more, and the numbers of bits.
        int tables = 136 + 8 * Fixtures.read(Fixtures.TRIE).vocabulary().size() + 16;
        for (float impossible : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0.5f}) {
            assertProblem(
                    copy(quantized).putFloat(tables, impossible).array(),
                    "a logarithm of its n-grams of 2 words is " + impossible);
        }
    }

    @Test
    void everyTruncationIsSeen() throws IOException {
        for (byte[] model : List.of(probing, trie)) {
            for (int length = 40; length < model.length; length += 997) {
                assertProblem(Arrays.copyOf(model, length), "");
            }
            assertProblem(Arrays.copyOf(model, model.length - 1), "list of words");
        }
    }

    @Test
    void hashesAreThoseOfKenLM() throws IOException {
        // The trie holds the hashes in order, and the words at its end in the same order.
        ByteBuffer file = copy(trie);
        List<String> words = Fixtures.read(Fixtures.TRIE).vocabulary();
        for (int id = 1; id < words.size(); id++) {
            long hash = file.getLong(136 + 8 * id);
            assertThat(MurmurHash.hash(words.get(id).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(hash);
        }
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "needs a named pipe; runs on Linux, as in CI")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesPipes() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        // Fits into the pipe, so that nobody writes any more when the first bytes are read.
        byte[] start = Arrays.copyOf(probing, 4000);
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                Files.write(pipe, start);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });

        assertThatThrownBy(() -> NGramModel.read(pipe))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining(pipe + ": this is a KenLM binary that comes through a pipe");
        writer.join();
    }
}
