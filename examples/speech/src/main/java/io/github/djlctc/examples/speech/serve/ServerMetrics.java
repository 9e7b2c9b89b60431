package io.github.djlctc.examples.speech.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Counts what a server does, in the text format of Prometheus, version 0.0.4. Thread-safe. */
final class ServerMetrics {

    /** The content type of {@link #text}. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] BOUNDS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5};

    private final IntSupplier open;
    private final LongAdder streams = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final Map<Integer, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final DoubleAdder sound = new DoubleAdder();
    private final DoubleAdder delays = new DoubleAdder();
    private final LongAdder[] delaysUpTo = new LongAdder[BOUNDS.length];
    private final LongAdder allDelays = new LongAdder();

    /**
     * Creates the metrics.
     *
     * @param open tells how many are recognised now
     */
    ServerMetrics(IntSupplier open) {
        this.open = open;
        for (int i = 0; i < BOUNDS.length; i++) {
            delaysUpTo[i] = new LongAdder();
        }
    }

    void streamOpened() {
        streams.increment();
    }

    void fileTranscribed() {
        files.increment();
    }

    void refused(int status) {
        refused.computeIfAbsent(status, key -> new LongAdder()).increment();
    }

    void heard(double seconds) {
        sound.add(seconds);
    }

    /** Records how long a piece of sound of a stream took, waiting for its turn included. */
    void delayed(double seconds) {
        delays.add(seconds);
        allDelays.increment();
        for (int i = 0; i < BOUNDS.length; i++) {
            if (seconds <= BOUNDS[i]) {
                delaysUpTo[i].increment();
            }
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        family(text, "speech_open", "gauge", "Streams and files that are recognised now.");
        sample(text, "speech_open", open.getAsInt());
        family(text, "speech_streams_total", "counter", "Live streams that were opened.");
        sample(text, "speech_streams_total", streams.sum());
        family(text, "speech_files_total", "counter", "Files that were transcribed.");
        sample(text, "speech_files_total", files.sum());
        family(text, "speech_refused_total", "counter", "Requests that were not served.");
        refused.forEach(
                (status, count) ->
                        sample(
                                text,
                                "speech_refused_total{status=\"" + status + "\"}",
                                count.sum()));
        family(text, "speech_sound_seconds_total", "counter", "Sound that was recognised.");
        sample(text, "speech_sound_seconds_total", sound.sum());
        String delay = "speech_stream_delay_seconds";
        family(text, delay, "histogram", "From the arrival of a piece of sound to its result.");
        for (int i = 0; i < BOUNDS.length; i++) {
            sample(text, delay + "_bucket{le=\"" + BOUNDS[i] + "\"}", delaysUpTo[i].sum());
        }
        sample(text, delay + "_bucket{le=\"+Inf\"}", allDelays.sum());
        sample(text, delay + "_sum", delays.sum());
        sample(text, delay + "_count", allDelays.sum());
        return text.toString();
    }

    private static void family(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder text, String name, Number value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
