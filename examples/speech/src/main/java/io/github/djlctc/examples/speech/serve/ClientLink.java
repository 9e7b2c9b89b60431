package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonObject;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.WriteCallback;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What goes to the client of a stream. Nothing waits for a client that does not read: what it has
 * not read yet is counted, and when that is too much, it is cut off.
 */
final class ClientLink {

    /** Text of about an hour of speech. */
    private static final long MOST_UNREAD_CHARACTERS = 1 << 20;

    private final Session session;
    private final AtomicLong unread = new AtomicLong();

    ClientLink(Session session) {
        this.session = session;
    }

    void send(JsonObject event) {
        String text = JsonOutput.line(event);
        if (unread.addAndGet(text.length()) > MOST_UNREAD_CHARACTERS) {
            session.disconnect();
            return;
        }
        session.getRemote()
                .sendString(
                        text,
                        new WriteCallback() {
                            @Override
                            public void writeSuccess() {
                                unread.addAndGet(-text.length());
                            }

                            @Override
                            public void writeFailed(Throwable failure) {
                                session.disconnect();
                            }
                        });
    }

    /**
     * Ends the connection.
     *
     * @param code 1000 if all is well
     * @param reason why, in words; cut by Jetty if a close frame has no room for it
     */
    void close(int code, String reason) {
        session.close(code, reason, WriteCallback.NOOP);
    }
}
