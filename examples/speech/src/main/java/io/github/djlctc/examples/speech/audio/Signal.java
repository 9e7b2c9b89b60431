package io.github.djlctc.examples.speech.audio;

/** What an utterance is given as: sound, or feature frames that somebody computed before. */
public sealed interface Signal permits Waveform, FeatureMatrix {}
