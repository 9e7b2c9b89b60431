package io.github.djlctc.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Scripts whose words follow each other without spaces: ideographs and kana, and the scripts of
 * South East Asia that need a dictionary to break lines, by Unicode Standard Annex 14.
 */
final class UnspacedScripts {

    private static final Set<UnicodeScript> ALL =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.BOPOMOFO,
                    UnicodeScript.YI,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.TAI_LE,
                    UnicodeScript.NEW_TAI_LUE,
                    UnicodeScript.TAI_THAM,
                    UnicodeScript.TAI_VIET,
                    UnicodeScript.TIBETAN);

    private UnspacedScripts() {}

    /** Returns whether a character is of such a script. */
    static boolean contain(int codePoint) {
        return ALL.contains(UnicodeScript.of(codePoint));
    }
}
