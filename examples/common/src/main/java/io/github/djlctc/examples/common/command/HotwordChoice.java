package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.Hotword;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.UnknownCharacter;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Warns, on the standard error of a command, of hotwords that were hardly meant as they are. */
final class HotwordChoice {

    private static final String LETTER_CASE = "--letter-case";

    /** A weight behind a space, behind {@code :} or {@code ,}, or as sherpa writes it. */
    private static final Pattern WITHOUT_TAB =
            Pattern.compile("(.*\\S)(\\s+:?|\\s*[,;:=]\\s*)([-+]?\\d+(\\.\\d+)?)\\s*");

    private final CommandSpec spec;
    private final Path file;

    HotwordChoice(CommandSpec spec, Path file) {
        this.spec = spec;
        this.file = file;
    }

    void check(List<Hotword> hotwords, Alphabet alphabet) {
        hotwords.forEach(hotword -> check(hotword.phrase(), alphabet));
    }

    private void check(String phrase, Alphabet alphabet) {
        List<UnknownCharacter> unknown = alphabet.unknownCharacters(phrase);
        Matcher withoutTab = WITHOUT_TAB.matcher(phrase);
        boolean looksWeighted = withoutTab.matches();
        String meant =
                looksWeighted
                        ? "; is it the phrase \"%s\" and its weight %s? Put a tab between them"
                                .formatted(withoutTab.group(1), withoutTab.group(3))
                        : "";
        if (!unknown.isEmpty()) {
            String character = Character.toString(unknown.get(0).codePoint());
            String hint = looksWeighted ? meant : inOtherCase(phrase, alphabet);
            warn(
                    "\"%s\" cannot be decoded, since the alphabet has no token for \"%s\"%s"
                            .formatted(phrase, character, hint));
        } else if (looksWeighted && isSeparated(withoutTab)) {
            warn("\"%s\" is taken for a phrase without a weight%s".formatted(phrase, meant));
        }
    }

    /** Tells a phrase with a weight from a time, and from a phrase that ends in a number. */
    private static boolean isSeparated(Matcher withoutTab) {
        return !withoutTab.group(2).isBlank()
                && withoutTab.group(1).codePoints().anyMatch(Character::isLetter);
    }

    private String inOtherCase(String phrase, Alphabet alphabet) {
        Optional<LetterCase> other =
                Stream.of(LetterCase.UPPER, LetterCase.LOWER)
                        .filter(c -> canSpell(phrase, alphabet, c))
                        .findFirst();
        if (other.isEmpty()) {
            return "";
        }
        String name = other.get().name().toLowerCase(Locale.ROOT);
        String option =
                spec.findOption(LETTER_CASE) == null ? "" : " (" + LETTER_CASE + " " + name + ")";
        return "; in " + name + " case it could be" + option;
    }

    private static boolean canSpell(String phrase, Alphabet alphabet, LetterCase letterCase) {
        Alphabet changed = alphabet.toBuilder().optLetterCase(letterCase).build();
        return changed.unknownCharacters(phrase).isEmpty();
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + file + ": " + warning);
    }
}
