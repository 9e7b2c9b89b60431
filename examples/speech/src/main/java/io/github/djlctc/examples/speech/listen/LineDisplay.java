package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.live.LiveEvent;

import java.io.PrintWriter;

/** A line for each sentence, for pipes and files. */
public final class LineDisplay implements TextDisplay {

    private final PrintWriter out;

    /**
     * Creates the display.
     *
     * @param out takes the lines
     */
    public LineDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(LiveEvent event) {
        if (event instanceof LiveEvent.Sentence sentence) {
            out.println(sentence.segment().text());
            out.flush();
        }
    }

    @Override
    public void end(double seconds) {
        out.flush();
    }
}
