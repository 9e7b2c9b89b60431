package io.github.djlctc.serving;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.HotwordFile;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LanguageModelFit;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes the decoder that arguments describe. */
final class DecoderArguments {

    private static final Logger LOGGER = LoggerFactory.getLogger(DecoderArguments.class);

    private static final String EMISSION_SCALE = "ctc.emissionScale";
    private static final String DECODER = "ctc.decoder";
    private static final String LANGUAGE_MODEL = "ctc.languageModel";
    private static final String LANGUAGE_MODEL_UNIT = "ctc.languageModelUnit";
    private static final String LEXICON = "ctc.lexicon";
    private static final String HOTWORDS = "ctc.hotwords";
    private static final String LABEL_PRIOR = "ctc.labelPrior";
    private static final String LABEL_PRIOR_WEIGHT = "ctc.labelPriorWeight";
    private static final String N_BEST = "ctc.nBest";
    private static final String LEXICON_OF_MODEL = "lm";
    private static final int MOST_HYPOTHESES = 100_000;
    private static final double DEFAULT_LABEL_PRIOR_WEIGHT = 0.5;

    /** Those that only a beam search heeds. */
    private static final Set<String> OF_BEAM_SEARCH =
            Set.of(
                    LANGUAGE_MODEL,
                    LANGUAGE_MODEL_UNIT,
                    LEXICON,
                    HOTWORDS,
                    LABEL_PRIOR,
                    LABEL_PRIOR_WEIGHT,
                    N_BEST,
                    "ctc.alpha",
                    "ctc.beta",
                    "ctc.gamma",
                    "ctc.unknownWordScore",
                    "ctc.emptyWordScore",
                    "ctc.beamWidth",
                    "ctc.beamThreshold",
                    "ctc.tokenTopK",
                    "ctc.tokenMinLogProbability",
                    "ctc.minimumBayesRisk");

    /** Those that have no meaning without a language model. */
    private static final Set<String> OF_LANGUAGE_MODEL =
            Set.of(LANGUAGE_MODEL_UNIT, "ctc.alpha", "ctc.unknownWordScore");

    static final Set<String> NAMES = names();

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_BEAM_SEARCH);
        names.add(EMISSION_SCALE);
        names.add(DECODER);
        return names;
    }

    /** The decoders that an argument can name. */
    private enum Kind {
        GREEDY,
        BEAM_SEARCH
    }

    private final ArgumentReader reader;

    DecoderArguments(ArgumentReader reader) {
        this.reader = reader;
    }

    CTCDecoder decoder(Alphabet alphabet) throws IOException {
        EmissionScale scale =
                reader.choice(EMISSION_SCALE, EmissionScale.class).orElse(EmissionScale.LOGITS);
        Optional<String> ofBeamSearch = first(OF_BEAM_SEARCH);
        Kind kind =
                reader.choice(DECODER, Kind.class)
                        .orElse(ofBeamSearch.isPresent() ? Kind.BEAM_SEARCH : Kind.GREEDY);
        if (kind == Kind.BEAM_SEARCH) {
            return beamSearch(alphabet, scale);
        }
        if (ofBeamSearch.isPresent()) {
            throw new IllegalArgumentException(
                    "argument %s has no meaning with %s=greedy"
                            .formatted(ofBeamSearch.get(), DECODER));
        }
        return new GreedyDecoder(alphabet, scale);
    }

    private Optional<String> first(Set<String> names) {
        return names.stream().filter(name -> reader.text(name).isPresent()).sorted().findFirst();
    }

    private BeamSearchDecoder beamSearch(Alphabet alphabet, EmissionScale scale)
            throws IOException {
        BeamSearchDecoder.Builder builder =
                BeamSearchDecoder.builder().setAlphabet(alphabet).optEmissionScale(scale);
        setNumbers(builder);
        Optional<NGramModel> model = setLanguageModel(builder, alphabet);
        setLexicon(builder, model);
        Optional<Path> hotwords = reader.file(HOTWORDS);
        if (hotwords.isPresent()) {
            builder.optHotwords(HotwordFile.read(hotwords.get()));
        }
        setLabelPrior(builder, alphabet);
        return builder.build();
    }

    private void setNumbers(BeamSearchDecoder.Builder builder) {
        reader.number("ctc.alpha", builder::optLanguageModelWeight);
        reader.number("ctc.beta", builder::optWordInsertionBonus);
        reader.number("ctc.gamma", builder::optCharacterInsertionBonus);
        reader.number("ctc.unknownWordScore", builder::optUnknownWordScore);
        reader.number("ctc.emptyWordScore", builder::optEmptyWordScore);
        reader.number("ctc.beamThreshold", builder::optBeamThreshold);
        reader.number("ctc.tokenMinLogProbability", builder::optTokenMinLogProbability);
        reader.integer("ctc.beamWidth", width -> builder.optBeamWidth(bounded(width)));
        reader.integer("ctc.tokenTopK", builder::optTokenTopK);
        reader.integer("ctc.minimumBayesRisk", builder::optMinimumBayesRisk);
        reader.integer(N_BEST, length -> builder.optNBest(bounded(length)));
    }

    /** Bounds what a server can be told to keep, since prefixes take memory. */
    private static int bounded(int hypotheses) {
        if (hypotheses > MOST_HYPOTHESES) {
            throw new IllegalArgumentException(
                    "%d is more than %d".formatted(hypotheses, MOST_HYPOTHESES));
        }
        return hypotheses;
    }

    private Optional<NGramModel> setLanguageModel(
            BeamSearchDecoder.Builder builder, Alphabet alphabet) throws IOException {
        Optional<Path> file = reader.file(LANGUAGE_MODEL);
        if (file.isEmpty()) {
            first(OF_LANGUAGE_MODEL)
                    .ifPresent(
                            name -> {
                                throw new IllegalArgumentException(
                                        "argument %s has no meaning without %s"
                                                .formatted(name, LANGUAGE_MODEL));
                            });
            return Optional.empty();
        }
        NGramModel model = NGramModel.read(file.get());
        model.warnings().forEach(LOGGER::warn);
        LanguageModelUnit unit =
                reader.choice(LANGUAGE_MODEL_UNIT, LanguageModelUnit.class)
                        .orElseGet(() -> LanguageModelFit.unitOf(model, alphabet));
        checkFit(LanguageModelFit.of(model, unit, alphabet), file.get());
        builder.optLanguageModel(model).optLanguageModelUnit(unit);
        return Optional.of(model);
    }

    private static void checkFit(LanguageModelFit fit, Path file) {
        Consumer<String> report =
                problem -> {
                    if (fit.usable() == 0) {
                        throw new IllegalArgumentException(problem);
                    }
                    LOGGER.warn(problem);
                };
        fit.problem()
                .map(problem -> "argument %s: %s: %s".formatted(LANGUAGE_MODEL, file, problem))
                .ifPresent(report);
    }

    private void setLexicon(BeamSearchDecoder.Builder builder, Optional<NGramModel> model)
            throws IOException {
        if (reader.text(LEXICON).filter(LEXICON_OF_MODEL::equals).isPresent()) {
            builder.optLexicon(
                    Lexicon.of(
                            model.orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "argument %s is lm, but there is no %s"
                                                            .formatted(LEXICON, LANGUAGE_MODEL)))));
            return;
        }
        Optional<Path> file = reader.file(LEXICON);
        if (file.isPresent()) {
            builder.optLexicon(Lexicon.read(file.get()));
        }
    }

    private void setLabelPrior(BeamSearchDecoder.Builder builder, Alphabet alphabet)
            throws IOException {
        Optional<Path> file = reader.file(LABEL_PRIOR);
        if (file.isEmpty()) {
            if (reader.text(LABEL_PRIOR_WEIGHT).isPresent()) {
                throw new IllegalArgumentException(
                        "argument %s has no meaning without %s"
                                .formatted(LABEL_PRIOR_WEIGHT, LABEL_PRIOR));
            }
            return;
        }
        LabelPrior prior = LabelPrior.read(file.get());
        prior.mismatch(alphabet)
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(
                                    "argument %s: %s: %s; take a prior of the same model"
                                            .formatted(LABEL_PRIOR, file.get(), problem));
                        });
        double weight = reader.number(LABEL_PRIOR_WEIGHT).orElse(DEFAULT_LABEL_PRIOR_WEIGHT);
        reader.check(LABEL_PRIOR_WEIGHT, () -> builder.optLabelPrior(prior, weight));
    }
}
