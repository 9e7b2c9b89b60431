package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;

/** Takes messages of JSON, which may come in parts. */
abstract class JsonListener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    /** Takes a message that has come whole. */
    abstract void receive(JsonObject object);

    @Override
    public final CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            receive(JsonParser.parseString(message.toString()).getAsJsonObject());
            message.setLength(0);
        }
        webSocket.request(1);
        return null;
    }
}
