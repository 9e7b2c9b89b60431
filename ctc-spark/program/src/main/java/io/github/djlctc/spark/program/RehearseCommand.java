package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.Rehearsal;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code ctc-spark rehearse}. */
@Command(
        name = "rehearse",
        description = "Runs other commands on made-up data, for the build.",
        hidden = true)
final class RehearseCommand implements Callable<Integer> {

    /** In as few parts as can be: only what is loaded counts. */
    private static final List<Object> SPARK =
            List.of("--master=local[1]", "--partitions=1", "--conf=spark.sql.shuffle.partitions=1");

    @Override
    public Integer call() throws IOException {
        try (Rehearsal rehearsal = Rehearsal.of(SparkCommand::commandLine)) {
            Path model = rehearsal.file("lm.arpa");
            run(
                    rehearsal,
                    "build-lm",
                    "--order=3",
                    "--text=" + rehearsal.text(),
                    "--out=" + model,
                    "--discount-fallback");
            run(
                    rehearsal,
                    "decode",
                    "--emissions=" + rehearsal.emissions(),
                    "--alphabet=" + rehearsal.alphabet(),
                    "--refs=" + rehearsal.references(),
                    "--lm=" + model,
                    "--out=" + rehearsal.file("texts"));
            run(
                    rehearsal,
                    "audit",
                    "--samples=" + rehearsal.references(),
                    "--alphabet=" + rehearsal.alphabet());
        }
        return 0;
    }

    private static void run(Rehearsal rehearsal, Object... command) {
        rehearsal.run(Stream.concat(Stream.of(command), SPARK.stream()).toArray());
    }
}
