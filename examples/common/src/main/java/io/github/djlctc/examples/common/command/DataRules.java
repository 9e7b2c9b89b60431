package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rules for the options that say where data are, of which some serve some kinds of data only.
 *
 * @param <K> the kinds of data, named as the values of {@code --data}
 */
public final class DataRules<K extends Enum<K>> {

    private final OptionRules rules;
    private final K kind;
    private final String choice;

    /**
     * Creates the rules of a command.
     *
     * @param spec the command
     * @param kind the kind of data that was chosen
     */
    public DataRules(CommandSpec spec, K kind) {
        rules = new OptionRules(spec);
        this.kind = kind;
        choice = "--data " + kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Rejects options of other kinds of data.
     *
     * @param specific the options that serve some kinds only, with these kinds
     * @throws ParameterException if one of them was given that does not serve the chosen kind
     */
    public void rejectOthers(Map<String, Set<K>> specific) {
        specific.forEach(
                (option, kinds) -> {
                    if (!kinds.contains(kind)) {
                        rules.rejectMeaningless("for " + choice, option);
                    }
                });
    }

    /**
     * Requires an option that the chosen kind of data needs.
     *
     * @param value its value, or null if it was not given
     * @param option its name
     * @return the value
     * @throws ParameterException if it was not given
     */
    public Path required(Path value, String option) {
        if (value == null) {
            throw rules.wrong(choice + " needs the option " + option);
        }
        return value;
    }
}
