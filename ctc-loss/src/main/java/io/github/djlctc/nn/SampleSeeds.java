package io.github.djlctc.nn;

/**
 * Seeds for what a forward pass draws at random, one for each sample of the batch. A {@code
 * ParameterStore} that is given to a model's blocks may also be this; dropout of this package then
 * depends on the seeds alone, not on which samples are in the batch, their order or the thread; nor
 * on the padding of sequences (N,T,...), whose frames come one after another.
 */
@FunctionalInterface
public interface SampleSeeds {

    /**
     * Returns the seeds for the next operation that draws. Operations are told apart by the order
     * in which they ask.
     *
     * @return a seed for each sample of the batch, in their order; the array that is dropped from
     *     must be of as many samples, (N,...)
     */
    long[] next();
}
