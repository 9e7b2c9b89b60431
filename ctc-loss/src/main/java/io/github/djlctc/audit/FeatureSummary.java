package io.github.djlctc.audit;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.host.DataTypes;
import io.github.djlctc.host.HostArrays;

import java.io.Serializable;

/**
 * The figures of a sample's features that an audit checks.
 *
 * @param size the number of values
 * @param nonFinite how many of them are NaN or infinite
 * @param zeros how many of them are zero
 * @param fingerprint the same for equal values
 */
record FeatureSummary(int size, int nonFinite, int zeros, long fingerprint)
        implements Serializable {

    static FeatureSummary of(float[] values) {
        int nonFinite = 0;
        int zeros = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                nonFinite++;
            } else if (value == 0) {
                zeros++;
            }
        }
        return new FeatureSummary(values.length, nonFinite, zeros, Fingerprint.of(values));
    }

    static FeatureSummary of(NDArray array) {
        DataTypes.checkSupported(0, array.getDataType());
        return of(HostArrays.readFloats(array));
    }

    boolean isAllZero() {
        return size > 0 && zeros == size;
    }
}
