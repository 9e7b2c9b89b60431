package io.github.djlctc.examples.common.serving;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a folder that is exported, in the order they are given, and the files that they
 * name, which are copied into it.
 */
public final class ServingArguments {

    private static final Pattern ENDINGS = Pattern.compile("[^.].*?((?:\\.[A-Za-z0-9]{1,8}){1,2})");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** The files to copy, by their names in the folder. */
    private final Map<String, Path> files = new LinkedHashMap<>();

    /** The contents of files that are made, by their names in the folder. */
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Creates an empty list of arguments. */
    public ServingArguments() {}

    /**
     * Adds a value.
     *
     * @param name its name, as {@link io.github.djlctc.serving.CtcArguments} knows it
     * @param value the value; nothing is added if it is null
     */
    public void add(String name, Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }

    /**
     * Adds a file.
     *
     * @param name the name of its argument
     * @param file the file; nothing is added if it is null
     * @param copy the name of the copy in the folder; the endings of the file are added
     */
    public void addFile(String name, Path file, String copy) {
        if (file != null) {
            Matcher endings = ENDINGS.matcher(String.valueOf(file.getFileName()));
            String copied = endings.matches() ? copy + endings.group(1) : copy;
            values.put(name, copied);
            files.put(copied, file);
        }
    }

    /**
     * Adds a file that is made for the folder.
     *
     * @param name the name of its argument, in place of another value
     * @param text the content
     * @param file the name of the file in the folder
     */
    public void addText(String name, String text, String file) {
        files.remove(values.put(name, file));
        texts.put(file, text);
    }

    /**
     * Returns the files that are copied.
     *
     * @return the files, where they are now
     */
    public Collection<Path> files() {
        return Collections.unmodifiableCollection(files.values());
    }

    /**
     * Returns the arguments for a model whose folder stays as it is.
     *
     * @return the values by their names; files by their absolute paths
     */
    public Map<String, String> withFilesInPlace() {
        Map<String, String> arguments = new LinkedHashMap<>(values);
        arguments.replaceAll(
                (name, value) ->
                        files.containsKey(value)
                                ? files.get(value).toAbsolutePath().toString()
                                : value);
        return arguments;
    }

    Map<String, Path> copies() {
        return Collections.unmodifiableMap(files);
    }

    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }
}
