package io.github.djlctc.benchmarks;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.loss.CTCLoss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the TorchScript programs of the loss to files, for {@code gpu/check_programs.py}. */
public final class ExportPrograms {

    private ExportPrograms() {}

    /**
     * Writes {@code ctc_dense.pt}, {@code ctc_compact.pt} and {@code ctc_attach.pt}.
     *
     * @param arguments the folder, made if it does not exist
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give the folder to write the programs to");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (String name : new String[] {"ctc_dense", "ctc_compact", "ctc_attach"}) {
            Path file = folder.resolve(name + ".pt");
            TorchScriptProgram.ofResource(CTCLoss.class, name + ".py", "ctc_common.py")
                    .writeTo(file);
            System.out.println(file);
        }
    }
}
