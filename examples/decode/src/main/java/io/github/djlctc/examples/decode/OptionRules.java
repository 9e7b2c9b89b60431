package io.github.djlctc.examples.decode;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Rejects options that make no sense together, or have values out of range. */
final class OptionRules {

    private final CommandSpec spec;

    OptionRules(CommandSpec spec) {
        this.spec = spec;
    }

    boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Rejects options that were given but would change nothing. */
    void rejectMeaningless(String circumstance, String... options) {
        for (String option : options) {
            if (isGiven(option)) {
                throw wrong(option + " has no meaning " + circumstance);
            }
        }
    }

    void requireAtLeast(int least, String option, int value) {
        if (value < least) {
            throw wrong(option + " must be " + least + " or more: " + value);
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
