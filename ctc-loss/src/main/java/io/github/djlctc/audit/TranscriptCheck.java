package io.github.djlctc.audit;

import io.github.djlctc.audit.AuditFinding.Kind;
import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacter;
import io.github.djlctc.text.UnknownCharacterException;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Encodes the transcripts of an audit, and counts the characters that the alphabet lacks, and those
 * that cannot be seen.
 */
final class TranscriptCheck {

    private static final int MAX_EXAMPLE = 100;
    private static final int MAX_NAMED = 10;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** Blocks whose format characters can be seen: signs that stand around numbers. */
    private static final Set<Character.UnicodeBlock> SIGNS_OF_NUMBERS =
            Set.of(
                    Character.UnicodeBlock.ARABIC,
                    Character.UnicodeBlock.ARABIC_EXTENDED_A,
                    Character.UnicodeBlock.KAITHI);

    private final Alphabet alphabet;
    private final AuditTally tally;
    private final CharacterCounts unknown = new CharacterCounts();
    private final CharacterCounts invisible = new CharacterCounts();

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
            noteInvisible(alphabet.normalize(sample.text()), sample.id());
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
            for (UnknownCharacter character : e.unknownCharacters()) {
                unknown.add(character.codePoint(), sample.id());
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

    private void noteInvisible(String text, String sampleId) {
        int[] found = text.codePoints().filter(TranscriptCheck::isInvisible).toArray();
        if (found.length > 0) {
            tally.note(
                    Kind.INVISIBLE_CHARACTER,
                    sampleId,
                    () -> String.format(Locale.ROOT, "U+%04X", found[0]));
            for (int codePoint : found) {
                invisible.add(codePoint, sampleId);
            }
        }
    }

    /** Joiners are not, since Persian and the scripts of India are written with them. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT ->
                    codePoint != ZERO_WIDTH_NON_JOINER
                            && codePoint != ZERO_WIDTH_JOINER
                            && !SIGNS_OF_NUMBERS.contains(Character.UnicodeBlock.of(codePoint));
            default -> false;
        };
    }

    /** Returns the characters that the alphabet lacks, the most frequent first. */
    List<CharacterCount> unknownCharacters() {
        return unknown.mostFrequentFirst();
    }

    /** Names the characters that cannot be seen, the most frequent first. */
    String invisibleSummary() {
        List<CharacterCount> all = invisible.mostFrequentFirst();
        return all.stream()
                .limit(MAX_NAMED)
                .map(
                        c ->
                                String.format(
                                        Locale.ROOT,
                                        "U+%04X %d times, first in \"%s\"",
                                        c.codePoint(),
                                        c.count(),
                                        c.sampleId()))
                .collect(
                        Collectors.joining(
                                "; ",
                                Kind.INVISIBLE_CHARACTER.summary() + " (",
                                (all.size() > MAX_NAMED ? "; ..." : "") + ")"));
    }
}
