package io.github.djlctc.text;

import java.text.Normalizer;

/**
 * The form in which texts are encoded.
 *
 * @param letterCase what becomes of letters
 * @param normalization the Unicode normalisation, or null for none
 */
record TextForm(LetterCase letterCase, Normalizer.Form normalization) {

    String apply(String text) {
        return Whitespace.collapse(compose(letterCase.apply(compose(text))));
    }

    private String compose(String text) {
        return normalization == null ? text : Normalizer.normalize(text, normalization);
    }
}
