package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Option;

import java.util.Objects;

/** Options that size the recurrent layers of a model. */
public final class RecurrentOptions {

    @Option(
            names = "--state-size",
            paramLabel = "N",
            description = "State size of each direction of the LSTM layers.")
    private Integer stateSize;

    @Option(names = "--layers", paramLabel = "N", description = "LSTM layers.")
    private Integer layers;

    /** Creates the options; picocli sets them. */
    public RecurrentOptions() {}

    /**
     * Returns the state size of each direction.
     *
     * @param preset the state size if the option is not given
     * @return the state size, not checked
     */
    public int stateSize(int preset) {
        return Objects.requireNonNullElse(stateSize, preset);
    }

    /**
     * Returns the number of layers.
     *
     * @param preset the number if the option is not given
     * @return the number, not checked
     */
    public int layers(int preset) {
        return Objects.requireNonNullElse(layers, preset);
    }
}
