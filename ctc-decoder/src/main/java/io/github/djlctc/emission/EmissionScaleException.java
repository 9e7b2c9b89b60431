package io.github.djlctc.emission;

/** Thrown if class scores are not of the {@link EmissionScale scale} that was promised. */
public final class EmissionScaleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient String problem;
    private final transient String remedy;

    EmissionScaleException(String problem, String remedy) {
        super(problem + "; " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    /**
     * Returns what is wrong, without what to do about it, for programs with options of their own.
     *
     * @return the frame or frames and the values, without a full stop
     */
    public String problem() {
        return problem;
    }

    /**
     * Returns the exception for the same frames of a batch.
     *
     * @param sample the sample, from 0
     * @return a new exception, whose cause is this one
     */
    public EmissionScaleException ofSample(int sample) {
        EmissionScaleException ofSample =
                new EmissionScaleException("sample " + sample + ", " + problem, remedy);
        ofSample.initCause(this);
        return ofSample;
    }
}
