package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.htr.corpus.pen.Glyph.Manner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All letter shapes: the file {@code glyphs.txt}. */
final class Glyphs {

    private static final Map<Character, List<Glyph>> ALL = read();

    private Glyphs() {}

    private static Map<Character, List<Glyph>> read() {
        Map<Character, List<Glyph>> glyphs = new TreeMap<>();
        for (String line : Resources.lines("glyphs.txt")) {
            Glyph glyph = Glyph.parse(line);
            glyphs.computeIfAbsent(glyph.character(), c -> new ArrayList<>()).add(glyph);
        }
        return glyphs;
    }

    /** Returns the characters that can be written, in the order of their codes; no space. */
    static Set<Character> characters() {
        return ALL.keySet();
    }

    /** Returns the shapes of a character that fit a manner; at least one. */
    static List<Glyph> of(char character, Manner manner) {
        return ALL.get(character).stream()
                .filter(g -> g.manner() == manner || g.manner() == Manner.ANY)
                .toList();
    }
}
