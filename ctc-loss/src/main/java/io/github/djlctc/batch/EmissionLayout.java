package io.github.djlctc.batch;

/** The order of the dimensions of a batch of emissions. */
public enum EmissionLayout {
    /** Batch, time, classes: (N, T, C), what most DJL blocks give. */
    BATCH_MAJOR,
    /** Time, batch, classes: (T, N, C), the order of PyTorch's ctc_loss. */
    TIME_MAJOR
}
