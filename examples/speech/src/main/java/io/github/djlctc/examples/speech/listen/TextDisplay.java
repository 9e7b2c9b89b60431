package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.live.LiveEvent;

/** One way to show the text of a stream. */
public interface TextDisplay {

    /**
     * Shows an event.
     *
     * @param event the event
     */
    void show(LiveEvent event);

    /**
     * Shows the end.
     *
     * @param seconds how much sound there was
     */
    void end(double seconds);
}
