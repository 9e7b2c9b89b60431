package io.github.djlctc.text;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.text.Normalizer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlphabetTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" abc");

    private static Alphabet of(String... tokens) {
        return Alphabet.builder().setTokens(List.of(tokens)).build();
    }

    @Test
    void charactersFollowTheBlank() {
        assertThat(LETTERS.size()).isEqualTo(5);
        assertThat(LETTERS.blank()).isZero();
        assertThat(LETTERS.tokens()).containsExactly("<blank>", " ", "a", "b", "c");
        assertThat(LETTERS.token(4)).isEqualTo("c");
        assertThat(LETTERS.indexOf("b")).hasValue(3);
        assertThat(LETTERS.indexOf("d")).isEmpty();
        assertThat(LETTERS.wordDelimiter()).hasValue(1);
        assertThat(LETTERS.encode("ab ca")).containsExactly(2, 3, 1, 4, 2);
    }

    @Test
    void decodingKeepsRepeatsAndLeavesBlanksOut() {
        assertThat(LETTERS.decode(new int[] {2, 2, 0, 2, 1, 0, 3})).isEqualTo("aaa b");
        assertThat(LETTERS.decode(new int[] {1, 2, 1, 0, 1, 3, 1})).isEqualTo("a b");
        assertThat(LETTERS.decode(new int[0])).isEmpty();
    }

    @Test
    void idsOutsideTheAlphabetAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LETTERS.decode(new int[] {1, 5}))
                .withMessage("id 5 is not in the alphabet, whose ids are 0..4");
        assertThatIllegalArgumentException().isThrownBy(() -> LETTERS.token(-1));
    }

    @Test
    void supplementaryCodePointsAreOneCharacter() {
        Alphabet alphabet = Alphabet.ofCharacters("𝄞a😀");
        assertThat(alphabet.size()).isEqualTo(4);
        assertThat(alphabet.encode("😀a𝄞")).containsExactly(3, 2, 1);
        assertThat(alphabet.unknownCharacters("😀😁a?"))
                .containsExactly(new UnknownCharacter(0x1F601, 2), new UnknownCharacter('?', 5));
    }

    @Test
    void theLongestTokenWins() {
        Alphabet alphabet = of("<blank>", "a", "ab", "abcd", "c");
        assertThat(alphabet.encode("abcabcda")).containsExactly(2, 4, 3, 1);
    }

    @Test
    void blankAndSpecialTokensAreNeverEncoded() {
        Alphabet alphabet = of("_", "<s>", "<unk>", "<", "s", ">", "u", "n", "k");
        assertThat(alphabet.encode("<unk><s>")).containsExactly(3, 6, 7, 8, 5, 3, 4, 5);
        assertThat(alphabet.decode(new int[] {1, 4, 2, 0, 6})).isEqualTo("su");
        assertThat(alphabet.unknownCharacters("_")).containsExactly(new UnknownCharacter('_', 0));
        assertThat(of("<blank>", "<", ">").unknownCharacters("<blank>"))
                .extracting(UnknownCharacter::codePoint)
                .containsExactly((int) 'b', (int) 'l', (int) 'a', (int) 'n', (int) 'k');
    }

    @Test
    void theWordDelimiterMeansTheSpaceAndNothingElse() {
        Alphabet alphabet = of("<pad>", "|", "a");
        assertThat(alphabet.encode(" a\t\u00a0\n a ")).containsExactly(2, 1, 2);
        assertThat(alphabet.unknownCharacters("a|a")).containsExactly(new UnknownCharacter('|', 1));
    }

    @Test
    void theWordDelimiterIsFoundSetOrSwitchedOff() {
        assertThat(of("<blank>", "|", " ", "<space>").wordDelimiter()).hasValue(3);
        assertThat(of("<blank>", "|", " ").wordDelimiter()).hasValue(2);
        assertThat(of("|", "a").wordDelimiter()).isEmpty();
        Alphabet.Builder builder = of("<blank>", "|", "~").toBuilder();
        assertThat(builder.optWordDelimiter("~").build().encode("| |")).containsExactly(1, 2, 1);
        Alphabet formulas = builder.optNoWordDelimiter().build();
        assertThat(formulas.encode("|")).containsExactly(1);
        assertThat(formulas.unknownCharacters("| |")).containsExactly(new UnknownCharacter(' ', 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optWordDelimiter("a").build())
                .withMessageContaining("the word delimiter \"a\" is not a token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optWordDelimiter("<blank>").build())
                .withMessageContaining("the word delimiter \"<blank>\" is the blank");
    }

    @Test
    void sentencePieceMarksWordStarts() {
        Alphabet alphabet =
                of("<blank>", "▁", "▁the", "▁th", "re", "e", "s", "ä").toBuilder()
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        assertThat(alphabet.encode("the there s")).containsExactly(2, 2, 4, 1, 6);
        assertThat(alphabet.decode(new int[] {2, 0, 3, 4, 1, 6})).isEqualTo("the thre s");
        assertThat(alphabet.text(2)).isEqualTo(" the");
        assertThat(alphabet.wordDelimiter()).isEmpty();
        assertThat(alphabet.unknownCharacters("s▁x"))
                .containsExactly(new UnknownCharacter('▁', 1), new UnknownCharacter('x', 2));
        assertThat(alphabet.encode("")).isEmpty();
    }

    @Test
    void wordPieceMarksContinuations() {
        Alphabet alphabet =
                of("[PAD]", "hel", "##lo", "##s", "a", "|", "##").toBuilder()
                        .optSubwords(SubwordStyle.WORDPIECE)
                        .build();
        assertThat(alphabet.encode("hello as | ##")).containsExactly(1, 2, 4, 3, 5, 6);
        assertThat(alphabet.decode(new int[] {1, 2, 4, 3})).isEqualTo("hello as");
        assertThat(alphabet.unknownCharacters("a sa"))
                .containsExactly(new UnknownCharacter('s', 2), new UnknownCharacter('a', 3));
    }

    @Test
    void caseAndNormalizationAreAppliedOnRequest() {
        Alphabet upper =
                Alphabet.ofCharacters(" IÉS").toBuilder()
                        .optLetterCase(LetterCase.UPPER)
                        .optNormalization(Normalizer.Form.NFC)
                        .build();
        assertThat(upper.normalize("  ie\u0301 \t ß ")).isEqualTo("IÉ SS");
        assertThat(upper.encode("ie\u0301ß")).containsExactly(2, 3, 4, 4);
        Alphabet lower = LETTERS.toBuilder().optLetterCase(LetterCase.LOWER).build();
        assertThat(lower.encode("AB")).containsExactly(2, 3);
        assertThat(LETTERS.unknownCharacters("AB")).hasSize(2);
    }

    @Test
    void unknownCharactersAreNamedWithTheirText() {
        assertThatThrownBy(() -> LETTERS.encode("a  Éab? É\u0007"))
                .isInstanceOf(UnknownCharacterException.class)
                .hasMessageContaining(
                        "'É' U+00C9 at position 2 (2 times), '?' U+003F at position 5, U+0007 at"
                                + " position 8 in the text \"a Éab? É\u0007\"")
                .hasMessageContaining("add what is missing to the alphabet")
                .extracting(e -> ((UnknownCharacterException) e).unknownCharacters())
                .isEqualTo(LETTERS.unknownCharacters("a  Éab? É\u0007"));
    }

    @Test
    void longTextsAreShortenedAroundTheFirstUnknownCharacter() {
        String text = "ab".repeat(500) + "😀" + "c".repeat(1000);
        assertThatThrownBy(() -> LETTERS.encode(text))
                .hasMessageContaining("U+1F600 at position 1000 in the text \"...")
                .hasMessageContaining("abab😀ccc")
                .hasMessageContaining("ccc...\"")
                .extracting(e -> e.getMessage().length())
                .matches(length -> length < 400);
    }

    @Test
    void manyDifferentUnknownCharactersAreSummedUp() {
        StringBuilder text = new StringBuilder();
        for (int codePoint = 0x4e00; codePoint < 0x4e00 + 100; codePoint++) {
            text.appendCodePoint(codePoint);
        }
        assertThatThrownBy(() -> LETTERS.encode(text.toString()))
                .hasMessageContaining("and 80 other characters in the text")
                .extracting(e -> ((UnknownCharacterException) e).unknownCharacters().size())
                .isEqualTo(100);
    }

    @Test
    void wrongTokensAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alphabet.builder().build())
                .withMessageContaining("at least one other token");
        assertThatIllegalArgumentException().isThrownBy(() -> Alphabet.ofCharacters(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alphabet.ofCharacters("aba"))
                .withMessage("token \"a\" has two ids: 1 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("a", ""))
                .withMessage("token 1 is empty");
        for (int blank : new int[] {-1, 2}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> of("a", "b").toBuilder().optBlank(blank).build())
                    .withMessage("the blank " + blank + " is not an id of the alphabet: 0..1");
        }
    }

    @Test
    void equalityCoversTokensAndSettings() {
        Alphabet alphabet = of("<blank>", "a", "|");
        assertThat(alphabet)
                .isEqualTo(of("<blank>", "a", "|"))
                .hasToString("Alphabet[3 tokens, blank 0, word delimiter 2]");
        assertThat(alphabet.toBuilder().build()).isEqualTo(alphabet).hasSameHashCodeAs(alphabet);
        assertThat(
                        List.of(
                                of("<blank>", "b", "|"),
                                alphabet.toBuilder().optBlank(1).build(),
                                alphabet.toBuilder().optNoWordDelimiter().build(),
                                alphabet.toBuilder().optLetterCase(LetterCase.UPPER).build(),
                                alphabet.toBuilder().optNormalization(Normalizer.Form.NFKC).build(),
                                alphabet.toBuilder().optSubwords(SubwordStyle.WORDPIECE).build()))
                .doesNotContain(alphabet)
                .doesNotHaveDuplicates()
                .allSatisfy(other -> assertThat(other.toBuilder().build()).isEqualTo(other));
    }

    @Property(seed = "1")
    void decodingAnEncodedTextGivesTheNormalizedText(
            @ForAll @CharRange(from = 'a', to = 'f') @StringLength(max = 30) String letters) {
        Alphabet alphabet = of("_", "a", "b", "c", "d", "ab", "abc", "bcd", " ", "e", " a", "de");
        String text = letters.replace("f", " \t");
        assertThat(alphabet.decode(alphabet.encode(text))).isEqualTo(alphabet.normalize(text));
    }

    @Property(seed = "1")
    void subwordsRoundTrip(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 20) String letters) {
        String text = letters.replace('c', ' ');
        Alphabet sentencePiece =
                of("<blank>", "▁", "a", "b", "▁ab", "ba", "▁a", "bab").toBuilder()
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        Alphabet wordPiece =
                of("[PAD]", "a", "b", "##a", "##b", "ab", "##ba", "##bab").toBuilder()
                        .optSubwords(SubwordStyle.WORDPIECE)
                        .build();
        for (Alphabet alphabet : List.of(sentencePiece, wordPiece)) {
            assertThat(alphabet.decode(alphabet.encode(text))).isEqualTo(alphabet.normalize(text));
        }
    }

    @Property(seed = "1")
    void anyTextIsEncodedOrItsUnknownCharactersAreTrulyThere(@ForAll String text) {
        Alphabet alphabet = Alphabet.ofCharacters(" abcdefé");
        String normalized = alphabet.normalize(text);
        List<UnknownCharacter> unknown = alphabet.unknownCharacters(text);
        assertThat(unknown)
                .allSatisfy(
                        character ->
                                assertThat(normalized.codePointAt(character.position()))
                                        .isEqualTo(character.codePoint()));
        if (unknown.isEmpty()) {
            assertThat(alphabet.decode(alphabet.encode(text))).isEqualTo(normalized);
        } else {
            assertThatThrownBy(() -> alphabet.encode(text))
                    .isInstanceOf(UnknownCharacterException.class);
        }
    }

    @Property(seed = "1")
    void normalizingTwiceChangesNothing(@ForAll String text, @ForAll LetterCase letterCase) {
        Alphabet alphabet =
                LETTERS.toBuilder()
                        .optLetterCase(letterCase)
                        .optNormalization(Normalizer.Form.NFC)
                        .build();
        String once = alphabet.normalize(text);
        assertThat(alphabet.normalize(once)).isEqualTo(once);
    }

    @Test
    void wordsAreJoinedWhereAScriptNeedsNoSpacesAndNoTokenHoldsOne() {
        for (String unspaced : List.of("市房地产", "ひらカナ", "กขค", "a市")) {
            Alphabet alphabet = Alphabet.ofCharacters(unspaced);
            assertThat(alphabet.joinsWords()).isTrue();
            assertThat(Alphabet.ofCharacters(unspaced + "|").joinsWords()).isFalse();
            assertThat(Alphabet.ofCharacters(unspaced + "\u3000").joinsWords()).isFalse();
            assertThat(
                            Alphabet.ofCharacters(unspaced + "|").toBuilder()
                                    .optNoWordDelimiter()
                                    .build()
                                    .joinsWords())
                    .isTrue();
        }
        // A text of these is a word: a date, a number, a name.
        assertThat(Alphabet.ofCharacters("0123456789/").joinsWords()).isFalse();
        assertThat(Alphabet.ofCharacters("abc").joinsWords()).isFalse();
        Alphabet.Builder marked = Alphabet.builder().setTokens(List.of("-", "\u2581市", "房"));
        assertThat(marked.optSubwords(SubwordStyle.SENTENCEPIECE).build().joinsWords()).isFalse();
    }
}
