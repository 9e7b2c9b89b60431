package io.github.djlctc.decode;

import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says of each hotword what became of it. */
final class HotwordReport {

    /**
     * The most that a hotword can gain for each of its characters, in an alphabet of letters: more,
     * and it is found where nothing like it was said (figures in docs/guide/hotwords.md).
     */
    private static final double LEAST_BOUND = 1.25;

    /** In larger alphabets a character tells more: this times the logarithm of their number. */
    private static final double BOUND_OF_LOG = 0.375;

    private final List<Hotword> hotwords;
    private final Alphabet alphabet;
    private final VocabularyModel vocabulary;
    private final HotwordAutomaton automaton;
    private final double boundPerCharacter;

    /** The vocabulary is null where there is none. */
    HotwordReport(List<Hotword> hotwords, Alphabet alphabet, VocabularyModel vocabulary) {
        this.hotwords = hotwords;
        this.alphabet = alphabet;
        this.vocabulary = vocabulary;
        boundPerCharacter = boundPerCharacter(alphabet);
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Hotword hotword : hotwords) {
            if (canBeSpelled(hotword)) {
                weights.merge(alphabet.normalize(hotword.phrase()), hotword.weight(), Double::sum);
            }
        }
        Map<String, Double> spelled = new LinkedHashMap<>();
        weights.forEach(
                (phrase, weight) -> {
                    double bounded = Math.min(weight, bound(phrase));
                    spellings(phrase).forEach(spelling -> spelled.put(spelling, bounded));
                });
        automaton = spelled.isEmpty() ? null : new HotwordAutomaton(spelled);
    }

    private double bound(String phrase) {
        return boundPerCharacter * phrase.codePointCount(0, phrase.length());
    }

    private List<String> spellings(String phrase) {
        return vocabulary == null ? List.of(phrase) : vocabulary.spellings(phrase);
    }

    private static double boundPerCharacter(Alphabet alphabet) {
        double characters =
                IntStream.range(0, alphabet.size())
                        .mapToObj(alphabet::text)
                        .flatMapToInt(String::codePoints)
                        .distinct()
                        .count();
        return Math.max(LEAST_BOUND, BOUND_OF_LOG * Math.log(characters));
    }

    /** Returns the words of all hotwords that the alphabet can spell. */
    static List<String> words(List<Hotword> hotwords, Alphabet alphabet) {
        return hotwords.stream()
                .filter(h -> alphabet.unknownCharacters(h.phrase()).isEmpty())
                .flatMap(h -> Stream.of(alphabet.normalize(h.phrase()).split(" ", -1)))
                .toList();
    }

    /** Returns what finds the hotwords, or null if there is nothing to find. */
    HotwordAutomaton automaton() {
        return automaton;
    }

    private boolean canBeSpelled(Hotword hotword) {
        return (vocabulary != null && vocabulary.hasSpellings())
                || alphabet.unknownCharacters(hotword.phrase()).isEmpty();
    }

    List<HotwordOutcome> outcomes(Hypothesis best, HypothesisBuilder builder) {
        if (hotwords.isEmpty()) {
            return List.of();
        }
        List<String> texts = builder.texts();
        return hotwords.stream().map(h -> outcome(h, best, texts)).toList();
    }

    private HotwordOutcome outcome(Hotword hotword, Hypothesis best, List<String> texts) {
        if (!canBeSpelled(hotword)) {
            return without(
                    hotword,
                    HotwordOutcome.Status.NOT_IN_ALPHABET,
                    "the alphabet has no token for "
                            + name(
                                    alphabet.unknownCharacters(hotword.phrase())
                                            .get(0)
                                            .codePoint()));
        }
        String phrase = alphabet.normalize(hotword.phrase());
        List<List<WordSpan>> occurrences = occurrences(phrase, best.words());
        if (!occurrences.isEmpty()) {
            return new HotwordOutcome(
                    hotword,
                    HotwordOutcome.Status.APPLIED,
                    occurrences,
                    "the best hypothesis holds it at "
                            + occurrences.stream()
                                    .map(HotwordReport::frames)
                                    .collect(Collectors.joining(", ")));
        }
        if (vocabulary != null && vocabulary.isBinding()) {
            for (String word : phrase.split(" ", -1)) {
                if (!vocabulary.contains(word)) {
                    return without(
                            hotword,
                            HotwordOutcome.Status.NOT_IN_LEXICON,
                            "the lexicon lacks \"" + word + "\", so add it there");
                }
            }
        }
        boolean held = texts.stream().anyMatch(t -> (" " + t + " ").contains(" " + phrase + " "));
        return held
                ? without(
                        hotword,
                        HotwordOutcome.Status.OUTSCORED,
                        "a hypothesis holds it but scores less than the best; "
                                + remedy(hotword.weight(), bound(phrase)))
                : without(
                        hotword,
                        HotwordOutcome.Status.NOT_FOUND,
                        "no hypothesis at the end of the search holds it; the emissions do not"
                                + " support it, or the beam was too narrow");
    }

    private static String remedy(double weight, double bound) {
        return weight < bound
                ? String.format(Locale.ROOT, "a weight above %.1f would favour it more", weight)
                : String.format(
                        Locale.ROOT, "it gains %.1f, the most for a phrase of its length", bound);
    }

    private static String name(int character) {
        return String.format(
                Locale.ROOT, "\"%s\" (U+%04X)", Character.toString(character), character);
    }

    private static HotwordOutcome without(
            Hotword hotword, HotwordOutcome.Status status, String explanation) {
        return new HotwordOutcome(hotword, status, List.of(), explanation);
    }

    private static String frames(List<WordSpan> words) {
        return "frames "
                + words.get(0).startFrame()
                + " to "
                + words.get(words.size() - 1).endFrame();
    }

    private static List<List<WordSpan>> occurrences(String phrase, List<WordSpan> words) {
        List<String> wanted = List.of(phrase.split(" ", -1));
        List<String> said = words.stream().map(WordSpan::word).toList();
        List<List<WordSpan>> occurrences = new ArrayList<>();
        for (int i = 0; i + wanted.size() <= said.size(); i++) {
            if (said.subList(i, i + wanted.size()).equals(wanted)) {
                occurrences.add(List.copyOf(words.subList(i, i + wanted.size())));
            }
        }
        return occurrences;
    }
}
