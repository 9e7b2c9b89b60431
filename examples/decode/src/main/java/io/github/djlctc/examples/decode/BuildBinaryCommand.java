package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.LateProgress;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.lm.KenLMBinary;
import io.github.djlctc.lm.KenLMStructure;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code ctc-decode build-binary}. */
@Command(
        name = "build-binary",
        description = {
            "Turns an ARPA file into a KenLM binary, as KenLM's build_binary does.",
            "A binary opens at once, and all processes that read it share its memory."
        },
        sortOptions = false)
final class BuildBinaryCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--lm",
            required = true,
            paramLabel = "ARPA",
            description = "The model, plain or gzip, of order 2 or more.")
    private Path arpa;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to write the binary; replaced in one step when all is written.")
    private Path out;

    @Option(
            names = "--structure",
            paramLabel = "NAME",
            defaultValue = "probing",
            description =
                    "probing: hash tables, the fastest; trie: about half the size (default:"
                            + " ${DEFAULT-VALUE}).")
    private KenLMStructure structure;

    @Override
    public Integer call() throws IOException {
        new OptionRules(spec).rejectOverwriting("--out");
        List<String> warnings = write();
        warnings.forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        PrintWriter writer = spec.commandLine().getOut();
        writer.printf(Locale.ROOT, "Model in %s (%,d bytes).%n", out, Files.size(out));
        writer.flush();
        return 0;
    }

    private List<String> write() throws IOException {
        try (LateProgress progress = new LateProgress()) {
            return KenLMBinary.write(
                    arpa,
                    out,
                    structure,
                    (step, nGrams, total) -> progress.add(step, nGrams, total, "n-grams"));
        } catch (IOException e) {
            if (ErrorText.isDiskFull(e)) {
                OutputFileException.guard(
                        out,
                        () -> {
                            throw e;
                        });
            }
            throw e;
        }
    }
}
