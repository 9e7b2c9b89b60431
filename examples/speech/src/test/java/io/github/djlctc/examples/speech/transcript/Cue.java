package io.github.djlctc.examples.speech.transcript;

import java.util.List;

/** A subtitle that was read from a file, without its tags. */
record Cue(long startMillis, long endMillis, List<String> lines) {}
