package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacter;
import io.github.djlctc.text.UnknownCharacterException;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Encodes the transcripts of an audit, and counts the characters that the alphabet lacks. */
final class TranscriptCheck {

    /** A limit of memory, since damaged texts hold thousands of different characters. */
    private static final int MAX_CHARACTERS = 1_000;

    private static final int MAX_EXAMPLE = 100;

    private final Alphabet alphabet;
    private final AuditTally tally;
    private final Map<Integer, CharacterCount> unknownCharacters = new LinkedHashMap<>();

    /**
     * Begins without transcripts.
     *
     * @param alphabet null if no sample has a transcript
     */
    TranscriptCheck(Alphabet alphabet, AuditTally tally) {
        this.alphabet = alphabet;
        this.tally = tally;
    }

    /** Returns the ids of the labels, or null if the text cannot be encoded. */
    long[] target(AuditSample sample) {
        if (sample.text() == null) {
            return sample.target();
        }
        try {
            int[] encoded = alphabet.encode(sample.text());
            long[] target = new long[encoded.length];
            for (int s = 0; s < target.length; s++) {
                target[s] = encoded[s];
            }
            return target;
        } catch (UnknownCharacterException e) {
            String text = alphabet.normalize(sample.text());
            tally.note(
                    Kind.UNKNOWN_CHARACTER,
                    sample.id(),
                    () -> describe(e.unknownCharacters(), text));
            for (UnknownCharacter unknown : e.unknownCharacters()) {
                count(unknown.codePoint(), sample.id());
            }
            return null;
        }
    }

    private static String describe(List<UnknownCharacter> unknown, String text) {
        UnknownCharacter first = unknown.get(0);
        return String.format(
                Locale.ROOT,
                "U+%04X at position %d, characters in all %d: %s",
                first.codePoint(),
                first.position(),
                unknown.size(),
                text.length() > MAX_EXAMPLE ? text.substring(0, MAX_EXAMPLE) + "..." : text);
    }

    private void count(int codePoint, String id) {
        CharacterCount before = unknownCharacters.get(codePoint);
        if (before != null) {
            unknownCharacters.put(
                    codePoint,
                    new CharacterCount(codePoint, before.count() + 1, before.sampleId()));
        } else if (unknownCharacters.size() < MAX_CHARACTERS) {
            unknownCharacters.put(codePoint, new CharacterCount(codePoint, 1, id));
        }
    }

    /** Returns the characters that the alphabet lacks, the most frequent first. */
    List<CharacterCount> unknownCharacters() {
        return unknownCharacters.values().stream()
                .sorted(Comparator.comparingLong(CharacterCount::count).reversed())
                .toList();
    }
}
