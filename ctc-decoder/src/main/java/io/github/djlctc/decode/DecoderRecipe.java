package io.github.djlctc.decode;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How to build a decoder in whatever process it is needed, such as the executors of Apache Spark.
 *
 * <p>Decoders do not travel, since they hold language models, which may be gigabytes mapped into
 * memory. Their recipe does: code that captures the alphabet, the options and the paths of the
 * files. A recipe and its copies build one decoder in a JVM, which all threads share.
 *
 * <pre>{@code
 * Alphabet alphabet = Alphabet.read(Path.of("tokens.txt"));
 * DecoderRecipe recipe = DecoderRecipe.of(() -> BeamSearchDecoder.builder()
 *         .setAlphabet(alphabet)
 *         .optLanguageModel(NGramModel.read(Path.of("/models/lm.binary")))
 *         .build());
 * Hypothesis hypothesis = recipe.decoder().decode(emissions, frames);
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @serial exclude
 */
public final class DecoderRecipe implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What this JVM has built, by the name of the recipe. */
    private static final Map<String, Built> BUILT = new ConcurrentHashMap<>();

    private final String name;
    private final Maker maker;

    private DecoderRecipe(String name, Maker maker) {
        this.name = name;
        this.maker = maker;
    }

    /**
     * Creates a recipe.
     *
     * @param maker builds the decoder; all that it captures is serialisable, as {@link
     *     io.github.djlctc.text.Alphabet}, {@link io.github.djlctc.lm.Lexicon}, {@link Hotword},
     *     {@link LabelPrior} and strings are
     * @return the recipe
     * @throws IllegalArgumentException if the maker captures what is not serialisable, which the
     *     message names
     */
    public static DecoderRecipe of(Maker maker) {
        Objects.requireNonNull(maker, "maker");
        DecoderRecipe recipe = new DecoderRecipe(UUID.randomUUID().toString(), maker);
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(recipe);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "the maker of the decoder captures something of "
                            + e.getMessage()
                            + ", which is not serialisable; capture the path of its file, as a"
                            + " string, and read it within the maker",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recipe;
    }

    /**
     * Returns the decoder, which the first call in a JVM builds; others wait for it meanwhile. It
     * is kept for later calls until memory is short and nothing else holds it.
     *
     * @return the decoder that all copies of this recipe share in this JVM
     * @throws IOException if a file that the decoder needs cannot be read; the next call tries
     *     again
     */
    public CTCDecoder decoder() throws IOException {
        return BUILT.computeIfAbsent(name, unused -> new Built()).decoder(maker);
    }

    /** Builds a decoder. */
    @FunctionalInterface
    public interface Maker extends Serializable {

        /**
         * Builds the decoder.
         *
         * @return a decoder that is safe for use by many threads
         * @throws IOException if a file cannot be read
         */
        CTCDecoder make() throws IOException;
    }

    /** A decoder that is built once. */
    private static final class Built {

        private SoftReference<CTCDecoder> latest = new SoftReference<>(null);

        synchronized CTCDecoder decoder(Maker maker) throws IOException {
            CTCDecoder decoder = latest.get();
            if (decoder == null) {
                decoder = Objects.requireNonNull(maker.make(), "the maker gave no decoder");
                latest = new SoftReference<>(decoder);
            }
            return decoder;
        }
    }
}
