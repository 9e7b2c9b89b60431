package io.github.djlctc.examples.speech.audio;

/** The signal of an utterance: sound, or precomputed feature frames. */
public sealed interface Signal permits Waveform, FeatureMatrix {}
