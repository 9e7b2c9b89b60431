package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;

/** Turns signals into the feature frames that a model was trained on. Thread-safe. */
public sealed interface FeatureExtractor permits LogMelFilterbank, DeltaFeatures {

    /**
     * Computes the features of a signal on the host, whatever device a model is on.
     *
     * @param signal the signal, of the kind that this extractor takes
     * @return the features, normalised over the utterance unless the extractor says otherwise
     * @throws UnsuitableSignalException if the signal is of the wrong kind, rate or dimension, is
     *     empty, or holds values that are not finite, or beyond 1e12
     */
    FeatureMatrix extract(Signal signal);

    /**
     * Returns the number of frames of a signal's features, without computing them.
     *
     * @param signal the signal
     * @return the number of frames
     * @throws UnsuitableSignalException as for {@link #extract}
     */
    int frames(Signal signal);

    /**
     * Returns the number of values per frame.
     *
     * @return the dimensions of the features
     */
    int dimensions();

    /**
     * Returns the time from one frame to the next.
     *
     * @return seconds
     */
    double frameSeconds();
}
