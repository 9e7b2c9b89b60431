package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.FrameScale;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.OptionalDouble;

/** The option that turns frames into seconds. */
public final class TimeOptions {

    /** The name of the option. */
    public static final String FRAME_SECONDS = "--frame-seconds";

    private static final int MOST_SECONDS = 3600;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = FRAME_SECONDS,
            paramLabel = "S",
            description =
                    "The seconds from one frame of the emissions to the next. Times are in seconds"
                            + " with this option, and in frames without.")
    private Double frameSeconds;

    /** Creates the options; picocli sets them. */
    public TimeOptions() {}

    /**
     * Returns the scale of times.
     *
     * @return seconds, or frames without the option
     * @throws picocli.CommandLine.ParameterException if the value is out of its range
     */
    public FrameScale scale() {
        OptionalDouble seconds = secondsPerFrame();
        return seconds.isEmpty() ? FrameScale.frames() : FrameScale.seconds(seconds.getAsDouble());
    }

    /**
     * Returns how long a frame is.
     *
     * @return the seconds, or nothing without the option
     * @throws picocli.CommandLine.ParameterException if the value is out of its range
     */
    public OptionalDouble secondsPerFrame() {
        if (frameSeconds == null) {
            return OptionalDouble.empty();
        }
        if (!(frameSeconds > 0 && frameSeconds <= MOST_SECONDS)) {
            throw new OptionRules(spec)
                    .wrong(
                            FRAME_SECONDS
                                    + " must be above 0 and at most "
                                    + MOST_SECONDS
                                    + ", but is "
                                    + frameSeconds);
        }
        return OptionalDouble.of(frameSeconds);
    }
}
