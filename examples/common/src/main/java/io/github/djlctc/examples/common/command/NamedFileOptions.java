package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The option that says what becomes of a command whose files cannot all be used. */
public final class NamedFileOptions {

    @Option(
            names = "--ignore-unusable",
            description =
                    "Exit with 0 even if a file of the command line cannot be used (default: with"
                            + " 1). Files in folders do not count.")
    private boolean ignoreUnusable;

    /** Creates the option; picocli sets it. */
    public NamedFileOptions() {}

    /**
     * Returns the exit code of a command that has used the other files.
     *
     * @param files the files of the command line
     * @param skipped what could not be used, under the paths of the files
     * @return 1 if a file that was named is among it, unless the option says otherwise; else 0
     */
    public int exitCode(InputFiles files, SkippedSamples skipped) {
        return ignoreUnusable || files.namedAreUsable(skipped) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
