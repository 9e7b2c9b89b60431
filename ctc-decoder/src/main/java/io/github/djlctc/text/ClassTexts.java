package io.github.djlctc.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** What each class adds to a text. */
final class ClassTexts {

    /** The text of each class, by its id. */
    private final String[] texts;

    private final Segmenter segmenter;

    ClassTexts(
            TokenIndex index, TextClasses textClasses, int wordDelimiter, SubwordStyle subwords) {
        texts = new String[index.size()];
        Map<String, Integer> idsByText = new LinkedHashMap<>();
        if (wordDelimiter != TokenIndex.NONE) {
            idsByText.put(" ", wordDelimiter);
        }
        for (int id = 0; id < texts.length; id++) {
            if (id == wordDelimiter) {
                texts[id] = " ";
            } else if (textClasses.contains(id)) {
                texts[id] = subwords.text(index.token(id));
                idsByText.putIfAbsent(texts[id], id);
            } else {
                texts[id] = "";
            }
        }
        segmenter = new Segmenter(idsByText, subwords);
    }

    /** Returns the text of a class, empty for classes without. */
    String of(int id) {
        return texts[id];
    }

    /** Returns what cuts texts into classes. */
    Segmenter segmenter() {
        return segmenter;
    }
}
