package io.github.djlctc.batch;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The labels or predictions of a batch cannot be used for CTC.
 *
 * <p>The message names the first offending samples with position, value and remedy; {@link
 * #problems()} has all of them. It is the same on every device.
 */
public final class CTCInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int NAMED = 5;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param sample the index of the sample in the batch, or -1 if the whole batch is concerned
     * @param description what is wrong, with the values and the remedy
     */
    public record Problem(int sample, String description) {

        @Override
        public String toString() {
            return sample < 0 ? description : "sample " + sample + ": " + description;
        }
    }

    /**
     * Creates the exception for a problem of the whole batch.
     *
     * @param description what is wrong, with the values and the remedy
     */
    public CTCInputException(String description) {
        this(List.of(new Problem(-1, description)));
    }

    /**
     * Creates the exception for problems of single samples.
     *
     * @param problems the problems, at least one, in the order of the samples
     */
    public CTCInputException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns everything that is wrong.
     *
     * @return the problems, in the order of the samples; empty after Java serialization
     */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String message(List<Problem> problems) {
        String named =
                problems.stream()
                        .limit(NAMED)
                        .map(Problem::toString)
                        .collect(Collectors.joining("; "));
        int more = problems.size() - NAMED;
        return more > 0 ? named + "; and " + more + " more" : named;
    }
}
