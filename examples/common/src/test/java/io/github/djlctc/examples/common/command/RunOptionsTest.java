package io.github.djlctc.examples.common.command;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunOptionsTest {

    private static CommandLine program() {
        CommandSpec train = CommandSpec.create().name("train");
        train.addOption(OptionSpec.builder("--epochs").type(int.class).build());
        train.addOption(OptionSpec.builder("--threads").type(int.class).build());
        train.addOption(
                OptionSpec.builder("--unit").type(TimeUnit.class).defaultValue("days").build());
        train.addOption(OptionSpec.builder("--keep-best").type(int.class).build());
        train.addOption(OptionSpec.builder("--seed").type(long.class).build());
        train.addOption(OptionSpec.builder("--weight").type(double.class).build());
        train.addOption(OptionSpec.builder("--replicas").type(Integer.class).build());
        return new CommandLine(CommandSpec.create().addSubcommand("train", train))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine train(CommandLine program, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "train";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return program.parseArgs(arguments).subcommand().commandSpec().commandLine();
    }

    @Test
    void aResumedRunHasItsOptionsAndPrintsWhereThePresentOneDoes() {
        RunOptions options =
                RunOptions.of(train(program(), "--epochs", "3", "--threads", "1").getParseResult());
        CommandLine now = train(program(), "--threads", "2");
        now.setOut(new PrintWriter(new StringWriter()));
        now.setErr(new PrintWriter(new StringWriter()));

        CommandLine resumed = options.reparsed(now, program(), Path.of("model"));

        assertThat(resumed.getCommandSpec().findOption("--epochs").<Integer>getValue())
                .isEqualTo(3);
        assertThat(resumed.getCommandSpec().findOption("--threads").<Integer>getValue())
                .isEqualTo(2);
        assertThat(resumed.getOut()).isSameAs(now.getOut());
        assertThat(resumed.getErr()).isSameAs(now.getErr());
    }

    @Test
    void anOptionThatDecidesTheResultIsKeptThoughItWasNotGiven() {
        RunOptions options = RunOptions.of(train(program()).getParseResult());
        assertThat(resumedReplicas(options.with("--replicas", 3))).isEqualTo(3);
    }

    @Test
    void anOptionThatWasGivenIsKeptAsItWas() {
        RunOptions options = RunOptions.of(train(program(), "--replicas", "2").getParseResult());
        assertThat(resumedReplicas(options.with("--replicas", 3))).isEqualTo(2);
    }

    @Test
    void aConstantMayBeSpelledInAnyCase() {
        RunOptions options = RunOptions.of(train(program()).getParseResult());
        CommandLine now = train(program(), "--unit", "DAYS");
        assertThat(options.reparsed(now, program(), Path.of("model"))).isNotNull();
    }

    @Test
    void aNumberMayBeWrittenInAnyWay() {
        RunOptions options = RunOptions.of(train(program(), "--weight", "0.3").getParseResult());
        CommandLine now = train(program(), "--weight", "0.30");
        assertThat(options.reparsed(now, program(), Path.of("model"))).isNotNull();
    }

    @Test
    void largeNumbersAreComparedExactly() {
        long seed = 1L << 53;
        RunOptions options = RunOptions.of(train(program(), "--seed", "" + seed).getParseResult());
        CommandLine now = train(program(), "--seed", "" + (seed + 1));
        assertThatThrownBy(() -> options.reparsed(now, program(), Path.of("model")))
                .hasMessageContaining("contradicts");
    }

    @Test
    void anOptionThatMayChangeIsKeptIfItIsNotGivenAnew() {
        RunOptions options = RunOptions.of(train(program(), "--keep-best", "4").getParseResult());
        assertThat(resumedBest(options, train(program()))).isEqualTo(4);
        assertThat(resumedBest(options, train(program(), "--keep-best", "2"))).isEqualTo(2);
    }

    private static int resumedBest(RunOptions options, CommandLine now) {
        CommandLine resumed = options.reparsed(now, program(), Path.of("model"));
        return resumed.getCommandSpec().findOption("--keep-best").getValue();
    }

    private static Integer resumedReplicas(RunOptions options) {
        CommandLine resumed =
                options.reparsed(train(program(), "--threads", "1"), program(), Path.of("model"));
        return resumed.getCommandSpec().findOption("--replicas").getValue();
    }
}
