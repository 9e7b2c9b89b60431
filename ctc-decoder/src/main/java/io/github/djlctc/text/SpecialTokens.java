package io.github.djlctc.text;

import java.util.Set;

/** The tokens that are classes without text, whatever letters they are written with. */
final class SpecialTokens {

    /** Those of Hugging Face's tokenizers. */
    static final SpecialTokens USUAL =
            new SpecialTokens(
                    Set.of(
                            "<s>", "</s>", "<unk>", "<pad>", "<mask>", "[UNK]", "[PAD]", "[CLS]",
                            "[SEP]", "[MASK]"));

    private final Set<String> tokens;

    private SpecialTokens(Set<String> tokens) {
        this.tokens = tokens;
    }

    boolean contains(String token) {
        return tokens.contains(token);
    }
}
