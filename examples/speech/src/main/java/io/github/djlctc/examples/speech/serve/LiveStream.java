package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.speech.audio.PushResampler;
import io.github.djlctc.examples.speech.audio.SixteenBitPcm;
import io.github.djlctc.examples.speech.live.EventJson;
import io.github.djlctc.examples.speech.live.HotwordException;
import io.github.djlctc.examples.speech.live.LiveEvent;
import io.github.djlctc.examples.speech.live.LiveRecogniser;

import com.google.gson.JsonObject;

import java.util.List;

/** The sound of one client, from the first message on. For one thread at a time. */
final class LiveStream implements AutoCloseable {

    private final LiveServices services;
    private final Slots.Slot slot;
    private final LiveRecogniser recogniser;
    private final PushResampler resampler;
    private final int sampleRate;
    private final ClientLink link;
    private long heard;
    private boolean finished;

    /**
     * Opens a stream.
     *
     * @throws Refusal if the server cannot take it
     */
    LiveStream(LiveServices services, StartMessage start, ClientLink link) {
        this.services = services;
        this.link = link;
        sampleRate = start.sampleRate();
        slot = services.slots().take();
        try {
            recogniser = services.model().open(start.hotwords());
        } catch (HotwordException e) {
            slot.close();
            throw Refusal.badRequest(e.getMessage());
        } catch (RuntimeException e) {
            slot.close();
            throw e;
        }
        resampler = PushResampler.between(sampleRate, services.model().sampleRate());
        services.metrics().streamOpened();
    }

    void announce() {
        JsonObject ready = JsonOutput.event("ready");
        ready.addProperty("maxSeconds", services.limits().soundSeconds());
        link.send(ready);
    }

    /**
     * Takes sound.
     *
     * @param bytes signed 16-bit samples, the low byte first
     * @throws Refusal if that is no sound, or more than is allowed
     */
    void accept(byte[] bytes, int offset, int length) {
        if (length % SixteenBitPcm.SAMPLE_BYTES != 0) {
            throw Refusal.badRequest("a message of sound must have two bytes for each sample");
        }
        long before = System.nanoTime();
        float[] samples = new float[length / SixteenBitPcm.SAMPLE_BYTES];
        SixteenBitPcm.decode(bytes, offset, samples, 0, samples.length);
        heard += samples.length;
        send(services.share().work(() -> recognise(resampler.accept(samples, 0, samples.length))));
        services.metrics().heard(samples.length / (double) sampleRate);
        services.metrics().delayed((System.nanoTime() - before) * 1e-9);
        if (heard > (long) services.limits().soundSeconds() * sampleRate) {
            finish();
            throw Refusal.tooLarge(
                    "a stream may last %d s".formatted(services.limits().soundSeconds()));
        }
    }

    private List<LiveEvent> recognise(float[] samples) {
        return recogniser.accept(samples, 0, samples.length);
    }

    private void send(List<LiveEvent> events) {
        events.forEach(event -> link.send(EventJson.of(event)));
    }

    /** Says what is left to say, and that this is the end. */
    void finish() {
        if (finished) {
            return;
        }
        finished = true;
        send(services.share().work(() -> recognise(resampler.finish())));
        send(services.share().work(recogniser::finish));
        link.send(EventJson.end(heard / (double) sampleRate));
    }

    @Override
    public void close() {
        recogniser.close();
        slot.close();
    }
}
