package io.github.djlctc.decode;

import io.github.djlctc.decode.HotwordOutcome.Status;
import io.github.djlctc.emission.WordSpan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells for each hotword whether the result of a search holds it, and if not, why. */
final class HotwordReport {

    private final HotwordSet hotwords;
    private final VocabularyModel vocabulary;

    /** Creates the report; the vocabulary is null where there is none. */
    HotwordReport(HotwordSet hotwords, VocabularyModel vocabulary) {
        this.hotwords = hotwords;
        this.vocabulary = vocabulary;
    }

    /** Returns the outcome of each hotword, in the order they were given. */
    List<HotwordOutcome> outcomes(Hypothesis best, HypothesisBuilder builder) {
        if (hotwords.hotwords().isEmpty()) {
            return List.of();
        }
        List<String> texts = builder.texts();
        return hotwords.hotwords().stream().map(h -> outcome(h, best, texts)).toList();
    }

    private HotwordOutcome outcome(Hotword hotword, Hypothesis best, List<String> texts) {
        if (!hotwords.canSpell(hotword)) {
            return without(
                    hotword,
                    Status.NOT_IN_ALPHABET,
                    "the alphabet has no token for " + firstUnknownCharacter(hotword));
        }
        String phrase = hotwords.phrase(hotword);
        List<List<WordSpan>> occurrences = occurrences(phrase, best);
        if (!occurrences.isEmpty()) {
            return applied(hotword, occurrences);
        }
        Optional<String> missing = wordMissingInLexicon(phrase);
        if (missing.isPresent()) {
            return without(
                    hotword,
                    Status.NOT_IN_LEXICON,
                    "the lexicon lacks \"" + missing.get() + "\", so add it there");
        }
        if (texts.stream().anyMatch(text -> hotwords.isIn(text, phrase))) {
            return without(
                    hotword,
                    Status.OUTSCORED,
                    "a hypothesis holds it, but the best does not; "
                            + remedy(hotword.weight(), hotwords.greatestWeight(phrase)));
        }
        return without(
                hotword,
                Status.NOT_FOUND,
                "no hypothesis at the end of the search holds it; the emissions do not support it,"
                        + " or the beam was too narrow");
    }

    private List<List<WordSpan>> occurrences(String phrase, Hypothesis best) {
        return hotwords.matchWholeWords()
                ? HotwordOccurrences.ofWords(phrase, best)
                : HotwordOccurrences.ofCharacters(phrase, best, hotwords.alphabet());
    }

    /** Where hotwords match anywhere, they may be parts of words of the lexicon. */
    private Optional<String> wordMissingInLexicon(String phrase) {
        if (vocabulary == null || !vocabulary.isClosed() || !hotwords.matchWholeWords()) {
            return Optional.empty();
        }
        return Stream.of(HotwordSet.words(phrase))
                .filter(word -> !vocabulary.contains(word))
                .findFirst();
    }

    private String firstUnknownCharacter(Hotword hotword) {
        int character = hotwords.alphabet().unknownCharacters(hotword.phrase()).get(0).codePoint();
        return String.format(
                Locale.ROOT, "\"%s\" (U+%04X)", Character.toString(character), character);
    }

    private static String remedy(double weight, double greatest) {
        return weight < greatest
                ? String.format(Locale.ROOT, "a weight above %.1f would favour it more", weight)
                : String.format(
                        Locale.ROOT,
                        "it gains %.1f, the most for a phrase of its length",
                        greatest);
    }

    private static HotwordOutcome applied(Hotword hotword, List<List<WordSpan>> occurrences) {
        String frames =
                occurrences.stream().map(HotwordReport::frames).collect(Collectors.joining(", "));
        return new HotwordOutcome(
                hotword, Status.APPLIED, occurrences, "the best hypothesis holds it at " + frames);
    }

    private static String frames(List<WordSpan> words) {
        int end = words.get(words.size() - 1).endFrame();
        return "frames " + words.get(0).startFrame() + " to " + end;
    }

    private static HotwordOutcome without(Hotword hotword, Status status, String explanation) {
        return new HotwordOutcome(hotword, status, List.of(), explanation);
    }
}
