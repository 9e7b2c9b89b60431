package io.github.djlctc.examples.common.emission;

import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.JsonLines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The true texts of utterances, from JSON lines {@code {"utt", "text"}}. */
public final class References {

    private static final int NAMED = 5;
    private static final String EXAMPLE = "{\"utt\": \"a\", \"text\": \"turn left\"}";

    private final Path file;
    private final Map<String, String> texts;

    private References(Path file, Map<String, String> texts) {
        this.file = file;
        this.texts = texts;
    }

    /**
     * Reads a file.
     *
     * @param file the JSON lines
     * @return the texts
     * @throws JsonLineException if a line is not such an object, or repeats an utterance
     * @throws IOException if the file cannot be read
     */
    public static References read(Path file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<JsonLineException> problems = new ArrayList<>();
        JsonLines.read(file, EXAMPLE, line -> add(texts, line), problems::add);
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return new References(file, texts);
    }

    private static void add(Map<String, String> texts, JsonLine line) throws JsonLineException {
        String id = line.string("utt");
        if (texts.putIfAbsent(id, line.string("text")) != null) {
            throw line.error("repeated utterance", "\"" + id + "\" has a text before");
        }
    }

    /**
     * Changes the form of all texts.
     *
     * @param form makes a text of each, such as in another letter case
     * @return the changed texts
     */
    public References with(UnaryOperator<String> form) {
        Map<String, String> changed = new LinkedHashMap<>(texts);
        changed.replaceAll((id, text) -> form.apply(text));
        return new References(file, changed);
    }

    /** {@return the file that they were read from} */
    public Path file() {
        return file;
    }

    /** {@return the ids of the utterances that have a text, in the order of the file} */
    public Set<String> ids() {
        return Collections.unmodifiableSet(texts.keySet());
    }

    /**
     * Tells whether an utterance has a text.
     *
     * @param id the id of the utterance
     * @return true if {@link #text} gives it
     */
    public boolean has(String id) {
        return texts.containsKey(id);
    }

    /**
     * Returns the text of an utterance.
     *
     * @param id the id of an utterance that has one
     * @return the text as the file has it
     */
    public String text(String id) {
        return texts.get(id);
    }

    /**
     * Describes the utterances without a text and the texts without emissions.
     *
     * @param ids the ids of the utterances whose emissions there are
     * @return a line for utterances without a text, and one for texts without emissions, if there
     *     are any
     * @throws EmissionFormatException if no utterance has a text
     */
    public List<String> mismatches(List<String> ids) throws EmissionFormatException {
        Map<String, String> unused = new LinkedHashMap<>(texts);
        List<String> silent = new ArrayList<>();
        for (String id : ids) {
            if (unused.remove(id) == null) {
                silent.add(id);
            }
        }
        if (silent.size() == ids.size()) {
            throw new EmissionFormatException(
                    file.toString(),
                    "none of its "
                            + texts.size()
                            + " utterances is among the "
                            + ids.size()
                            + " of the emissions, such as \""
                            + silent.get(0)
                            + "\"; \"utt\" must be the name of the array");
        }
        List<String> lines = new ArrayList<>();
        if (!silent.isEmpty()) {
            lines.add("utterances without a text in " + file + ": " + names(silent));
        }
        if (!unused.isEmpty()) {
            lines.add("texts of " + file + " without emissions: " + names(unused.keySet()));
        }
        return lines;
    }

    private static String names(Collection<String> ids) {
        String first = String.join(", ", ids.stream().limit(NAMED).toList());
        return ids.size() + " (" + first + (ids.size() > NAMED ? ", ..." : "") + ")";
    }
}
