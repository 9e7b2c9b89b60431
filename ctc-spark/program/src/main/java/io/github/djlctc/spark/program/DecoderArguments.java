package io.github.djlctc.spark.program;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.DecoderRecipe;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.command.ProgramCommandLine;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Builds a decoder of the {@link DecodingOptions} of a command line, in whatever process.
 *
 * @param options each option with its value, as on the command line
 * @param shipped the files of options, by option: the name by which executors have them
 * @param alphabet the classes
 * @param scale what the emissions are
 * @param prior the label prior, or null
 * @param priorWeight its weight
 */
record DecoderArguments(
        ArrayList<String> options,
        HashMap<String, String> shipped,
        Alphabet alphabet,
        EmissionScale scale,
        LabelPrior prior,
        double priorWeight)
        implements DecoderRecipe.Maker {

    /** The options whose values are files. */
    private static final Set<String> FILES = Set.of("--lm", "--lexicon", "--hotwords");

    /**
     * Takes the options of the decoder from a command line.
     *
     * @param spec the command
     * @param ship takes a file for the executors, or nothing if they see those of this machine
     */
    static DecoderArguments of(
            CommandSpec spec,
            Consumer<Path> ship,
            Alphabet alphabet,
            EmissionScale scale,
            LabelPrior prior,
            double priorWeight) {
        ArrayList<String> options = new ArrayList<>();
        HashMap<String, String> shipped = new HashMap<>();
        Set<String> known = names();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String name = option.longestName();
            if (!known.contains(name)) {
                continue;
            }
            if (option.arity().max() == 0) {
                options.add(name);
                continue;
            }
            String value = option.originalStringValues().get(0);
            if (FILES.contains(name) && Files.isRegularFile(Path.of(value))) {
                Path file = Path.of(value).toAbsolutePath();
                value = file.toString();
                shipped.put(name, file.getFileName().toString());
                ship.accept(file);
            }
            options.add(name + "=" + value);
        }
        return new DecoderArguments(options, shipped, alphabet, scale, prior, priorWeight);
    }

    private static Set<String> names() {
        return new CommandLine(new DecodingOptions())
                .getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public CTCDecoder make() throws IOException {
        DecodingOptions parsed = new DecodingOptions();
        CommandLine line = ProgramCommandLine.of(parsed);
        boolean isTask = TaskContext.get() != null;
        if (isTask) {
            // What there is to say of the files, the driver has said.
            line.setErr(new PrintWriter(Writer.nullWriter()));
        }
        line.parseArgs(arguments(isTask).toArray(String[]::new));
        return parsed.build(alphabet, scale, prior, priorWeight);
    }

    private List<String> arguments(boolean isTask) {
        List<String> arguments = new ArrayList<>();
        for (String option : options) {
            String name = option.replaceFirst("=.*", "");
            boolean isHere = !isTask || Files.exists(Path.of(valueOf(option)));
            arguments.add(
                    isHere || !shipped.containsKey(name)
                            ? option
                            : name + "=" + SparkFiles.get(shipped.get(name)));
        }
        return arguments;
    }

    private static String valueOf(String option) {
        return option.substring(option.indexOf('=') + 1);
    }
}
