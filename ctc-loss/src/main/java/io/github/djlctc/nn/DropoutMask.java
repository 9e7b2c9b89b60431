package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.HostArrays;

import java.nio.ByteBuffer;

/**
 * Draws which values dropout keeps. The value i of a sample, counted row by row, is kept if the
 * i-th number of 32 bits of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
 * number generators") that begins at the seed of the sample is not below the rate's share of their
 * range; so in (N,T,...) frames beyond the length of a sample have no influence on the others.
 * PyTorch's generator takes longer, and all threads share it.
 */
final class DropoutMask {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double RANGE = 0x1p32;

    private DropoutMask() {}

    /** Tells whether values on a device are dropped by masks; elsewhere the device draws. */
    static boolean isFor(Device device) {
        return device.equals(Device.cpu());
    }

    /**
     * Draws masks.
     *
     * @param parameters gives the seeds, if it has some; else they are drawn by the engine
     * @param manager owns the masks
     * @param shape the shape of a mask, (N,...)
     * @param rate the share of values that are dropped, from 0 to below 1
     * @param count the number of masks
     * @return 1 for what is kept and 0 for what is not, uint8, (count,N,...) on the CPU
     */
    static NDArray draw(
            ParameterStore parameters, NDManager manager, Shape shape, float rate, int count) {
        int samples = Math.toIntExact(shape.get(0));
        int perSample = Math.toIntExact(shape.size() / Math.max(1, samples));
        byte[] kept = new byte[Math.multiplyExact(count, Math.toIntExact(shape.size()))];
        long least = (long) (rate * RANGE);
        int at = 0;
        for (int mask = 0; mask < count; mask++) {
            for (long seed : seeds(parameters, manager, samples)) {
                fill(kept, at, perSample, seed, least);
                at += perSample;
            }
        }
        Shape all = new Shape(count).addAll(shape);
        return manager.create(ByteBuffer.wrap(kept), all, DataType.UINT8);
    }

    private static long[] seeds(ParameterStore parameters, NDManager manager, int samples) {
        if (parameters instanceof SampleSeeds seeds) {
            return checked(seeds.next(), samples);
        }
        Shape shape = new Shape(samples);
        try (NDArray drawn = manager.randomInteger(0, Long.MAX_VALUE, shape, DataType.INT64)) {
            return HostArrays.readLongs(drawn);
        }
    }

    private static long[] checked(long[] seeds, int samples) {
        if (seeds.length != samples) {
            throw new TensorMismatchException(
                    "dropout is given an array whose first dimension is "
                            + samples
                            + ", but the batch has "
                            + seeds.length
                            + " samples, each with a seed: it must be (N,...)");
        }
        return seeds;
    }

    private static void fill(byte[] kept, int from, int count, long seed, long least) {
        long state = seed;
        int pairs = from + count / 2 * 2;
        int i = from;
        while (i < pairs) {
            state += GAMMA;
            long word = mixed(state);
            kept[i++] = kept(word >>> 32, least);
            kept[i++] = kept(word & 0xFFFFFFFFL, least);
        }
        if (i < from + count) {
            kept[i] = kept(mixed(state + GAMMA) >>> 32, least);
        }
    }

    /**
     * Returns 1 for a number of 32 bits that is not below the least one to keep, without a branch.
     */
    private static byte kept(long number, long least) {
        return (byte) (~(number - least) >>> 63);
    }

    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
