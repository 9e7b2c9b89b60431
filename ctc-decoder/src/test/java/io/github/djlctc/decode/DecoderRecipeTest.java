package io.github.djlctc.decode;

import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class DecoderRecipeTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir Path folder;

    private static DecoderRecipe copy(DecoderRecipe recipe) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(recipe);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (DecoderRecipe) in.readObject();
        }
    }

    @Test
    void copiesInSeveralThreadsShareOneDecoder() throws Exception {
        CALLS.set(0);
        Alphabet alphabet = LETTERS;
        DecoderRecipe recipe =
                DecoderRecipe.of(
                        () -> {
                            CALLS.incrementAndGet();
                            return BeamSearchDecoder.builder().setAlphabet(alphabet).build();
                        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<CTCDecoder>> decoders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                DecoderRecipe other = copy(recipe);
                decoders.add(threads.submit(other::decoder));
            }
            Set<CTCDecoder> different = new HashSet<>();
            for (Future<CTCDecoder> decoder : decoders) {
                different.add(decoder.get());
            }
            assertThat(different).hasSize(1);
            assertThat(CALLS).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theDecoderIsThatOfItsMaker() throws Exception {
        Path arpa = folder.resolve("lm.arpa");
        Files.writeString(
                arpa,
                "\\data\\\nngram 1=4\n\n\\1-grams:\n-1\t<s>\n-1\t</s>\n-0.2\tab\n-1.5\tb\n\n\\end\\\n");
        String file = arpa.toString();
        Alphabet alphabet = LETTERS;
        DecoderRecipe recipe =
                DecoderRecipe.of(
                        () ->
                                BeamSearchDecoder.builder()
                                        .setAlphabet(alphabet)
                                        .optLanguageModel(NGramModel.read(Path.of(file)))
                                        .build());
        float[] emissions = Emissions.random(new Random(5), 30, 4, 2);

        Hypothesis expected =
                BeamSearchDecoder.builder()
                        .setAlphabet(LETTERS)
                        .optLanguageModel(NGramModel.read(arpa))
                        .build()
                        .decode(emissions, 30);

        assertThat(copy(recipe).decoder().decode(emissions, 30)).isEqualTo(expected);
    }

    @Test
    void anErrorIsNotKept() throws Exception {
        String file = folder.resolve("tokens.txt").toString();
        DecoderRecipe recipe =
                DecoderRecipe.of(() -> new GreedyDecoder(Alphabet.read(Path.of(file))));
        assertThatIOException().isThrownBy(recipe::decoder).withMessageContaining("tokens.txt");

        LETTERS.write(Path.of(file));

        assertThat(recipe.decoder().alphabet()).isEqualTo(LETTERS);
    }

    @Test
    void whatCannotTravelIsNamed() throws IOException {
        CTCDecoder decoder = new GreedyDecoder(LETTERS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoderRecipe.of(() -> decoder))
                .withMessageContaining("GreedyDecoder")
                .withMessageContaining("capture the path of its file");
    }

    @Test
    void aMakerWithoutDecoderIsNamed() {
        DecoderRecipe recipe = DecoderRecipe.of(() -> null);

        assertThatNullPointerException()
                .isThrownBy(recipe::decoder)
                .withMessage("the maker gave no decoder");
    }
}
