package io.github.djlctc.examples.speech;

/** stub. */
public final class SpeechCommand {
    private SpeechCommand() {}
}
