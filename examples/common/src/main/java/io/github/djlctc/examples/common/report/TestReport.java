package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.Transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The errors on a split, by each decoding, and the files with the transcripts. */
public final class TestReport {

    private final String split;
    private final List<Decoding> decodings;
    private final List<Evaluation> evaluations;

    /**
     * Creates a report.
     *
     * @param split the name of the split
     * @param decodings how it was decoded, greedily first
     * @param evaluations what came of each
     */
    public TestReport(String split, List<Decoding> decodings, List<Evaluation> evaluations) {
        this.split = split;
        this.decodings = List.copyOf(decodings);
        this.evaluations = List.copyOf(evaluations);
    }

    /**
     * Writes the transcripts to {@code NAME.jsonl}, those of a second decoding to {@code
     * NAME-2.jsonl}, and reports those of the last.
     *
     * @param out takes the report
     * @param folder the folder of the model, which takes the files
     * @param name the name of the files
     * @param skipped what was left out
     * @throws IOException if a file cannot be written
     */
    public void print(RunReport out, Path folder, String name, SkippedSamples skipped)
            throws IOException {
        Path file = folder;
        for (int i = 0; i < evaluations.size(); i++) {
            file = folder.resolve(name + (i == 0 ? "" : "-" + (i + 1)) + ".jsonl");
            Path transcripts = file;
            List<Transcript> lines = evaluations.get(i).transcripts();
            OutputFileException.guard(transcripts, () -> TranscriptFile.write(transcripts, lines));
        }
        out.transcripts(evaluations.get(evaluations.size() - 1), file);
        out.skipped(skipped);
        for (int i = 0; i < evaluations.size(); i++) {
            out.errors(split, decodings.get(i).name(), evaluations.get(i));
        }
    }
}
