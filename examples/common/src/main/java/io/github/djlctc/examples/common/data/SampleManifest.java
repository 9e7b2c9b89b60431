package io.github.djlctc.examples.common.data;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.ListedSamples.Repetition;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON lines that list samples, one object a line.
 *
 * @param <S> what a sample is
 */
public abstract class SampleManifest<S extends CorpusSample> {

    /**
     * Makes samples of lines.
     *
     * @param <S> what a sample is
     */
    @FunctionalInterface
    protected interface LineParser<S> {

        /**
         * Makes the sample of a line; called by several threads at once.
         *
         * @param line the object of the line
         * @return the sample, not read yet
         * @throws JsonLineException if the line cannot be used
         */
        S sample(JsonLine line) throws JsonLineException;
    }

    private final Path file;
    private final String noun;
    private final String example;

    /**
     * Creates the manifest.
     *
     * @param file the JSON lines
     * @param noun what a sample is called in messages, in the singular
     * @param example a line as it should be, for messages
     */
    protected SampleManifest(Path file, String noun, String example) {
        this.file = file;
        this.noun = noun;
        this.example = example;
    }

    /**
     * Opens what the samples need beside the manifest.
     *
     * @return makes the samples of the lines
     * @throws IOException if it cannot be opened
     */
    protected abstract LineParser<S> open() throws IOException;

    /**
     * Finds a file that a line names.
     *
     * @param line the object of the line
     * @param key the key of the path, which is absolute or relative to the manifest
     * @return the path as it is written, whether there is such a file or not
     * @throws JsonLineException if the key is missing, or its value is no path
     */
    protected final Path resolve(JsonLine line, String key) throws JsonLineException {
        String name = line.string(key);
        try {
            return file.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw line.error("bad path", ErrorText.of(e));
        }
    }

    Path file() {
        return file;
    }

    String noun() {
        return noun;
    }

    /**
     * Lists the samples as one part of a corpus, to measure errors on.
     *
     * @param unit what the samples are called in messages, in the plural
     * @param split the part
     * @param skipped takes the lines that cannot be used
     * @return a corpus of which the other parts are empty
     * @throws IOException if the manifest, or what it needs, cannot be read, or it has no usable
     *     sample
     */
    public final Corpus<S> asSplit(String unit, Split split, SkippedSamples skipped)
            throws IOException {
        List<S> samples = read(split.set(), new ListedSamples(noun()), skipped);
        return Corpus.of(file.getFileName().toString(), unit, split, samples);
    }

    /**
     * Lists the samples.
     *
     * @param set what the samples are for, such as {@code test}
     * @param listed the samples of the manifests before this one; gets those of this one too
     * @param skipped takes the lines that cannot be used
     */
    List<S> read(String set, ListedSamples listed, SkippedSamples skipped) throws IOException {
        LineParser<S> parser = open();
        List<S> samples = new ArrayList<>();
        List<JsonLineException> problems = new ArrayList<>();
        new ParallelJsonLines<S>(
                        file,
                        example,
                        parser::sample,
                        (line, sample) -> {
                            Optional<Repetition> again = listed.add(set, sample, line.where());
                            if (again.isPresent()) {
                                throw line.error(again.get().reason(), again.get().detail());
                            }
                            samples.add(sample);
                        },
                        problem -> {
                            problems.add(problem);
                            skipped.add(problem.where(), problem.reason(), problem.detail());
                        })
                .read();
        if (samples.isEmpty()) {
            String first =
                    problems.isEmpty() ? "" : "; first problem: " + problems.get(0).getMessage();
            throw new IOException(file + ": no usable " + noun + first);
        }
        return samples;
    }
}
