package io.github.djlctc.benchmarks;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.examples.common.command.ProgramOutput;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.nn.PackedLSTM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the TorchScript programs of the loss and of {@link PackedLSTM} to files, for {@code
 * gpu/check_programs.py}.
 */
public final class ExportPrograms {

    private static final List<String> LOSS = List.of("ctc_dense", "ctc_compact");
    private static final List<String> LSTM =
            List.of("bidirectional_lstm", "joint_lstm", "packed_lstm", "padded_lstm");

    private ExportPrograms() {}

    /**
     * Writes each program to a file of its name with the ending {@code .pt}.
     *
     * @param arguments the folder, made if it does not exist
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        ProgramOutput.guard();
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give the folder to write the programs to");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (String name : LOSS) {
            write(folder, CTCLoss.class, name, "ctc_common.py");
        }
        for (String name : LSTM) {
            write(folder, PackedLSTM.class, name, "lstm_common.py");
        }
    }

    private static void write(Path folder, Class<?> owner, String name, String common)
            throws IOException {
        Path file = folder.resolve(name + ".pt");
        TorchScriptProgram.ofResource(owner, name + ".py", common).writeTo(file);
        System.out.println(file);
    }
}
