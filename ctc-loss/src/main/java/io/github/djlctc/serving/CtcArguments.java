package io.github.djlctc.serving;

import ai.djl.Model;
import ai.djl.translate.Translator;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.batch.FeatureFunction;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.CtcTranslator;
import io.github.djlctc.translate.LengthsInput;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model's arguments say about its alphabet, decoder and features: those of {@code
 * serving.properties} in its folder, and of {@link ai.djl.repository.zoo.Criteria}.
 *
 * <p>All have names that begin with {@code ctc.}, and all are optional. Files are in the model's
 * folder, unless their paths are absolute. Names and ranges are those of the builders:
 *
 * <ul>
 *   <li>{@code ctc.alphabet}: a file as {@link Alphabet#read} takes it; without it, the alphabet of
 *       {@link io.github.djlctc.translate.ModelAlphabet}, or else {@code alphabet.json}, {@code
 *       alphabet.txt}, {@code tokens.txt} or {@code vocab.json}; {@code ctc.vocabularyFormat}, the
 *       name of a {@link io.github.djlctc.text.VocabularyFormat} if its content does not tell it;
 *       {@code ctc.blank} (a token or an id) and {@code ctc.wordDelimiter} (a token, or {@code
 *       none}) if they are not those of the format
 *   <li>{@code ctc.emissionScale}: {@code logits} or {@code probabilities}
 *   <li>{@code ctc.decoder}: {@code greedy} or {@code beam_search}; the latter where a language
 *       model, a lexicon, hotwords or an n-best list is asked for
 *   <li>{@code ctc.languageModel} (ARPA or KenLM), {@code ctc.languageModelUnit} ({@code word} or
 *       {@code token}), {@code ctc.alpha}, {@code ctc.beta}, {@code ctc.gamma}, {@code
 *       ctc.unknownWordScore}, {@code ctc.emptyWordScore}
 *   <li>{@code ctc.lexicon} (a file, or {@code lm} for the words of the language model), {@code
 *       ctc.hotwords}, {@code ctc.labelPrior}, {@code ctc.labelPriorWeight} (0.5)
 *   <li>{@code ctc.beamWidth}, {@code ctc.beamThreshold}, {@code ctc.tokenTopK}, {@code
 *       ctc.tokenMinLogProbability}, {@code ctc.minimumBayesRisk}, {@code ctc.nBest}, {@code
 *       ctc.threads}
 *   <li>{@code ctc.timeDimension}, {@code ctc.paddingValue}, {@code ctc.padToMultipleOf}, {@code
 *       ctc.lengths} ({@code none}, {@code int64}, {@code int32} or {@code mask}), {@code
 *       ctc.subsampling} (a factor), {@code ctc.layout} ({@code batch_major} or {@code time_major})
 *   <li>{@code ctc.secondsPerFrame} (above 0, at most 60): makes the times of answers seconds, not
 *       frames
 * </ul>
 *
 * <p>Immutable. Reading the files takes as long as they are large; a decoder is made once.
 */
public final class CtcArguments {

    private static final String SECONDS_PER_FRAME = "ctc.secondsPerFrame";

    /** More is a mistake, such as milliseconds; times of much longer frames would be infinite. */
    private static final double MOST_SECONDS = 60;

    private static final Set<String> OF_FEATURES =
            Set.of(
                    "ctc.timeDimension",
                    "ctc.paddingValue",
                    "ctc.padToMultipleOf",
                    "ctc.lengths",
                    "ctc.subsampling",
                    "ctc.layout",
                    "ctc.threads");

    private final ArgumentReader reader;
    private final Alphabet alphabet;
    private final CTCDecoder decoder;

    private CtcArguments(ArgumentReader reader, Alphabet alphabet, CTCDecoder decoder) {
        this.reader = reader;
        this.alphabet = alphabet;
        this.decoder = decoder;
    }

    /**
     * Reads the arguments and the files that they name.
     *
     * @param arguments the arguments, of which those without the prefix {@code ctc.} are ignored
     * @param model the model, loaded: files are in its folder
     * @return the arguments
     * @throws IllegalArgumentException if an argument is not known, its value is out of range, a
     *     file is missing or damaged, or the language model fits no token of the alphabet
     */
    public static CtcArguments of(Map<String, ?> arguments, Model model) {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(model, "model");
        ArgumentReader reader = new ArgumentReader(arguments, model.getModelPath());
        Set<String> known = new TreeSet<>(OF_FEATURES);
        known.addAll(DecoderArguments.NAMES);
        known.addAll(AlphabetArguments.NAMES);
        known.add(SECONDS_PER_FRAME);
        reader.checkKnown(known);
        try {
            Alphabet alphabet = new AlphabetArguments(reader).alphabet(model);
            CTCDecoder decoder = new DecoderArguments(reader).decoder(alphabet);
            return new CtcArguments(reader, alphabet, decoder);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Returns the classes of the model.
     *
     * @return the alphabet
     */
    public Alphabet alphabet() {
        return alphabet;
    }

    /**
     * Returns what finds the texts.
     *
     * @return a greedy decoder or a beam search
     */
    public CTCDecoder decoder() {
        return decoder;
    }

    /**
     * Returns the duration of a frame of the emissions.
     *
     * @return seconds, above 0; nothing if no argument says it
     * @throws IllegalArgumentException if it is not above 0
     */
    public OptionalDouble secondsPerFrame() {
        OptionalDouble seconds = reader.number(SECONDS_PER_FRAME);
        if (seconds.isPresent()
                && !(seconds.getAsDouble() > 0 && seconds.getAsDouble() <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "argument %s must be above 0 and at most %.0f, but is %s"
                            .formatted(SECONDS_PER_FRAME, MOST_SECONDS, seconds.getAsDouble()));
        }
        return seconds;
    }

    /**
     * Starts a translator with the decoder and all that the arguments say about features.
     *
     * @param features computes the features of an input
     * @param <I> the type of the inputs
     * @return the builder, to change what the arguments do not say, and to build
     * @throws IllegalArgumentException if a value is out of its range
     */
    public <I> CtcTranslator.Builder<I> translator(FeatureFunction<I> features) {
        Objects.requireNonNull(features, "features");
        CtcTranslator.Builder<I> builder =
                CtcTranslator.<I>builder().setFeatures(features).setDecoder(decoder);
        reader.integer("ctc.timeDimension", builder::optTimeDimension);
        reader.number("ctc.paddingValue", value -> builder.optPaddingValue(single(value)));
        reader.integer("ctc.padToMultipleOf", builder::optPadToMultipleOf);
        reader.choice("ctc.lengths", LengthsInput.class).ifPresent(builder::optLengths);
        reader.integer("ctc.subsampling", builder::optSubsampling);
        reader.choice("ctc.layout", EmissionLayout.class).ifPresent(builder::optLayout);
        reader.integer("ctc.threads", builder::optThreads);
        return builder;
    }

    private static float single(double value) {
        if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
            throw new IllegalArgumentException(value + " is too large for single precision");
        }
        return (float) value;
    }

    /**
     * Makes a translator to results of a type, with all that the arguments say.
     *
     * @param features computes the features of an input
     * @param output {@link Hypothesis} for the best text, or {@link BeamSearchResult}
     * @param <I> the type of the inputs
     * @return the translator
     * @throws IllegalArgumentException if a value is out of its range, the type is another, or an
     *     n-best list is asked for without a beam search
     */
    public <I> Translator<I, ?> translatorTo(Class<?> output, FeatureFunction<I> features) {
        if (output == Hypothesis.class) {
            return translator(features).build();
        }
        if (output == BeamSearchResult.class) {
            return translator(features).buildNBest();
        }
        throw new IllegalArgumentException("there is no translator to " + output.getTypeName());
    }
}
