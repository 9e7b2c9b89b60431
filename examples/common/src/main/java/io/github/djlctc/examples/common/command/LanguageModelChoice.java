package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.decode.LanguageModelFit;
import io.github.djlctc.decode.LanguageModelMisfit;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says on the standard error of a command how its language model is used, and how well it fits. */
final class LanguageModelChoice {

    private static final String LETTER_CASE = "--letter-case";

    private static final String REMEDY_OF_LEXICON =
            ", and scores the others as unknown; are both spelled alike, in the same letter case?"
                    + " --lexicon lm takes the words of the model";

    private final CommandSpec spec;
    private final Path file;

    LanguageModelChoice(CommandSpec spec, Path file) {
        this.spec = spec;
        this.file = file;
    }

    /** Returns what the words of the model are, where no option says it. */
    LanguageModelUnit unit(NGramModel model, Alphabet alphabet) {
        LanguageModelUnit chosen = LanguageModelFit.unitOf(model, alphabet);
        if (chosen == LanguageModelUnit.TOKEN) {
            print(
                    "note: most of the words of "
                            + file
                            + " are tokens of the alphabet, so --lm-unit is token");
        }
        return chosen;
    }

    /**
     * Warns of what was mended in the file, and of a model that hardly fits.
     *
     * @throws ParameterException if nothing in the model fits
     */
    void check(NGramModel model, LanguageModelUnit unit, Alphabet alphabet) {
        model.warnings().forEach(warning -> print("warning: " + warning));
        LanguageModelFit fit = LanguageModelFit.of(model, unit, alphabet);
        if (fit.misfit().isEmpty()) {
            return;
        }
        String problem =
                "--lm %s: %s%s"
                        .formatted(file, fit.problem().orElseThrow(), remedy(fit.misfit().get()));
        if (fit.usable() == 0) {
            throw new OptionRules(spec).wrong(problem);
        }
        print("warning: " + problem);
    }

    /** Warns of a lexicon of which the model knows less than half. */
    void check(Lexicon lexicon, NGramModel model, Alphabet alphabet) {
        Set<String> known =
                model.words().stream().map(alphabet::normalize).collect(Collectors.toSet());
        List<String> words = lexicon.words();
        long count = words.stream().map(alphabet::normalize).filter(known::contains).count();
        if (2 * count < words.size()) {
            print(
                    "warning: --lm %s knows %,d of the %,d words of the lexicon%s"
                            .formatted(file, count, words.size(), REMEDY_OF_LEXICON));
        }
    }

    /** Warns of a model that knows little of what was decoded. */
    void check(LanguageModelCoverage coverage) {
        String remedy =
                coverage.hasUndividedTexts()
                        ? " (--lexicon lm)"
                        : " (" + letterCase() + "--lm-unit; --lexicon lm permits known words only)";
        coverage.problem()
                .ifPresent(problem -> print("warning: --lm " + file + ": " + problem + remedy));
    }

    private String letterCase() {
        return hasLetterCase() ? LETTER_CASE + ", " : "";
    }

    private boolean hasLetterCase() {
        return spec.findOption(LETTER_CASE) != null;
    }

    private String remedy(LanguageModelMisfit misfit) {
        boolean hasLetterCase = hasLetterCase();
        return switch (misfit) {
            case NEEDS_UPPER_CASE -> hasLetterCase ? " (" + LETTER_CASE + " upper)" : "";
            case NEEDS_LOWER_CASE -> hasLetterCase ? " (" + LETTER_CASE + " lower)" : "";
            case HAS_TOKENS -> " (--lm-unit token)";
            case HAS_WORDS -> " (--lm-unit word)";
            case HAS_OFFSET_IDS, HAS_OTHER_SUBWORDS, HAS_OTHER_CHARACTERS -> "";
        };
    }

    private void print(String line) {
        spec.commandLine().getErr().println(line);
    }
}
