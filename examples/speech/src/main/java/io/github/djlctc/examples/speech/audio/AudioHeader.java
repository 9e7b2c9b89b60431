package io.github.djlctc.examples.speech.audio;

import java.util.OptionalLong;

/**
 * What the header of an audio file says.
 *
 * @param sampleRate samples per second and channel
 * @param frames the samples of a channel; nothing where the header does not say
 */
public record AudioHeader(int sampleRate, OptionalLong frames) {}
