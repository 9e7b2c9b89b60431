package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.speech.live.EventJson;
import io.github.djlctc.examples.speech.live.LiveEvent;

import com.google.gson.JsonObject;

import java.io.PrintWriter;

/** An object for each event, one a line. */
public final class JsonDisplay implements TextDisplay {

    private final PrintWriter out;

    /**
     * Creates the display.
     *
     * @param out takes the lines
     */
    public JsonDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(LiveEvent event) {
        print(EventJson.of(event));
    }

    @Override
    public void end(double seconds) {
        print(EventJson.end(seconds));
    }

    private void print(JsonObject object) {
        out.println(JsonOutput.line(object));
        out.flush();
    }
}
