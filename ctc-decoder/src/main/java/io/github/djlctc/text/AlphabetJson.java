package io.github.djlctc.text;

import io.github.djlctc.file.JsonMistake;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.text.Normalizer;
import java.util.List;

/** Everything of an alphabet as a JSON object, which the files of tokens cannot hold. */
final class AlphabetJson {

    private static final String WRONG = "this is not what Alphabet.toJson gives";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /**
     * The object.
     *
     * @param specialTokens those besides the usual ones
     * @param wordDelimiter the token, or null for none
     * @param normalization the form, or null for none
     */
    private record Content(
            List<String> tokens,
            int blank,
            List<String> specialTokens,
            String wordDelimiter,
            LetterCase letterCase,
            Normalizer.Form normalization,
            SubwordStyle subwords) {

        boolean isIncomplete() {
            return tokens == null
                    || tokens.contains(null)
                    || specialTokens == null
                    || letterCase == null
                    || subwords == null;
        }
    }

    private AlphabetJson() {}

    static String write(
            Alphabet alphabet, SpecialTokens special, TextForm form, SubwordStyle subwords) {
        String delimiter =
                alphabet.wordDelimiter().isPresent()
                        ? alphabet.token(alphabet.wordDelimiter().getAsInt())
                        : null;
        return GSON.toJson(
                new Content(
                        alphabet.tokens(),
                        alphabet.blank(),
                        special.added().stream().sorted().toList(),
                        delimiter,
                        form.letterCase(),
                        form.normalization(),
                        subwords));
    }

    static Alphabet read(String json) {
        try {
            Content content = GSON.fromJson(json, Content.class);
            if (content == null || content.isIncomplete()) {
                throw new IllegalArgumentException(WRONG + ": a part is missing");
            }
            Alphabet.Builder builder =
                    Alphabet.builder()
                            .setTokens(content.tokens)
                            .optBlank(content.blank)
                            .optSpecialTokens(content.specialTokens)
                            .optLetterCase(content.letterCase)
                            .optSubwords(content.subwords);
            if (content.normalization != null) {
                builder.optNormalization(content.normalization);
            }
            return content.wordDelimiter == null
                    ? builder.optNoWordDelimiter().build()
                    : builder.optWordDelimiter(content.wordDelimiter).build();
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(WRONG + ": " + JsonMistake.of(e), e);
        }
    }
}
