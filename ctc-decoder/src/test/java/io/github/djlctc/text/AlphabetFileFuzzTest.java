package io.github.djlctc.text;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** A damaged file is either refused with a message or read as a usable alphabet. */
class AlphabetFileFuzzTest {

    private static final String LIST = "<blank>\n<space>\na\nb\n\u00e9\n\u2581the\n";
    private static final String TABLE = "<blk> 0\n<unk> 1\n\u2581 2\na 3\n#0 4\n";
    private static final String JSON =
            "{\"<pad>\": 0, \"|\": 1, \"a\": 2, \"\\u00e9\": 3, \"<unk>\": 4}";
    private static final String PIECES = "<unk>\t0\n\u2581the\t-3.2\ns\t-4.5\n";
    private static final String TOKENIZER =
            "{\"added_tokens\": [{\"id\": 2, \"content\": \"<s>\", \"special\": true}],"
                    + " \"decoder\": {\"type\": \"CTC\", \"pad_token\": \"<pad>\","
                    + " \"word_delimiter_token\": \"|\"},"
                    + " \"model\": {\"vocab\": {\"<pad>\": 0, \"|\": 1}}}";

    private static final String WRITTEN = Alphabet.ofCharacters(" ab").toJson();

    private Path file;

    @BeforeTry
    void createFile() throws IOException {
        file = Files.createTempFile("alphabet", ".txt");
    }

    @AfterTry
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 1000, seed = "7")
    void randomBytes(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
        Files.write(file, bytes);
        read();
    }

    @Property(tries = 1000, seed = "8")
    void changedBytes(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes =
                List.of(LIST, TABLE, JSON, PIECES, TOKENIZER, WRITTEN)
                        .get(random.nextInt(6))
                        .getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Files.write(file, bytes);
        read();
    }

    private void read() throws IOException {
        try {
            use(Alphabet.read(file));
        } catch (AlphabetFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
        for (VocabularyFormat format : VocabularyFormat.values()) {
            try {
                use(Alphabet.read(file, format));
            } catch (AlphabetFormatException e) {
                assertThat(e).hasMessageContaining(file.toString());
            }
        }
    }

    private static void use(Alphabet alphabet) {
        assertThat(alphabet.size()).isBetween(2, 300);
        for (int id = 0; id < alphabet.size(); id++) {
            assertThat(alphabet.decode(new int[] {id})).isNotNull();
        }
    }
}
