/**
 * Sound: the signals that utterances are given as, audio files and resampling. May depend on the
 * JDK's Java Sound and on the decoders of FLAC, MP3, Vorbis and Opus; not on the engine.
 */
package io.github.djlctc.examples.speech.audio;
