package io.github.djlctc.translate;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;

/**
 * Pads the features of samples as a translator does. What the model puts out is not taken apart,
 * since only the translator knows its valid frames.
 */
final class PipelineBatchifier implements Batchifier {

    private static final long serialVersionUID = 1L;

    private final transient EmissionPipeline<?> pipeline;

    PipelineBatchifier(EmissionPipeline<?> pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public NDList batchify(NDList[] inputs) {
        return pipeline.batch(inputs);
    }

    @Override
    public NDList[] unbatchify(NDList inputs) {
        throw unsupported();
    }

    @Override
    public NDList[] split(NDList list, int numOfSlices, boolean evenSplit) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "the output of a batch is decoded by batchProcessOutput, as DJL's Predictor does");
    }
}
