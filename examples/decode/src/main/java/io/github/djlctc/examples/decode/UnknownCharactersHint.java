package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells of characters in references that no decoded text can have, such as punctuation. */
final class UnknownCharactersHint {

    private static final int NAMED = 5;

    private UnknownCharactersHint() {}

    /**
     * Returns a warning that names the characters.
     *
     * @param search the options; nothing is said with a lexicon, whose words may be spelled
     *     otherwise than by their letters
     * @param alphabet spells the texts
     * @param ids the ids of the utterances
     * @param references the true texts as the errors count them
     */
    static Optional<String> of(
            SearchOptions search, Alphabet alphabet, List<String> ids, References references) {
        if (search.hasLexicon()) {
            return Optional.empty();
        }
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (String id : ids) {
            if (references.has(id)) {
                for (UnknownCharacter unknown : alphabet.unknownCharacters(references.text(id))) {
                    counts.merge(unknown.codePoint(), 1, Integer::sum);
                }
            }
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(warning(references, counts));
    }

    private static String warning(References references, Map<Integer, Integer> counts) {
        String named =
                counts.entrySet().stream()
                        .limit(NAMED)
                        .map(
                                entry ->
                                        "'%s' U+%04X (%,d)"
                                                .formatted(
                                                        Printable.line(
                                                                Character.toString(entry.getKey())),
                                                        entry.getKey(),
                                                        entry.getValue()))
                        .collect(Collectors.joining(", "));
        return ("warning: --refs %s has characters that the alphabet cannot spell, and each is an"
                        + " error: %s%s; write the texts as those that the model learnt, or see"
                        + " --letter-case and --normalization")
                .formatted(references.file(), named, counts.size() > NAMED ? ", ..." : "");
    }
}
