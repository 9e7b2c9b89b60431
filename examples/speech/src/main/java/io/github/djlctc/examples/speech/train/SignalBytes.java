package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signal as bytes, from which it is made again exactly. Sound that was recorded in 16 bits takes
 * two bytes a sample, all else four a value.
 */
final class SignalBytes {

    /** What the bytes are. */
    enum Kind {
        SOUND_OF_16_BITS(1),
        SOUND(2),
        FEATURES(3);

        /** What stands for it in a file. */
        final int code;

        Kind(int code) {
            this.code = code;
        }

        static Optional<Kind> of(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    private final Kind kind;
    private final int width;
    private final ByteBuffer bytes;

    /**
     * Creates a signal that was stored.
     *
     * @param width samples per second, or the values of a frame
     * @param bytes little-endian, from the position to the limit
     */
    SignalBytes(Kind kind, int width, ByteBuffer bytes) {
        this.kind = kind;
        this.width = width;
        this.bytes = bytes;
    }

    static SignalBytes of(Signal signal) {
        if (signal instanceof FeatureMatrix features) {
            return new SignalBytes(Kind.FEATURES, features.dimensions(), floats(features.values()));
        }
        Waveform sound = (Waveform) signal;
        return has16Bits(sound)
                ? new SignalBytes(
                        Kind.SOUND_OF_16_BITS, sound.sampleRate(), shorts(sound.samples()))
                : new SignalBytes(Kind.SOUND, sound.sampleRate(), floats(sound.samples()));
    }

    Kind kind() {
        return kind;
    }

    int width() {
        return width;
    }

    /** The bytes, not a copy, at their start. */
    ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    Signal signal() {
        if (kind == Kind.SOUND_OF_16_BITS) {
            return new Waveform(expanded(), width);
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes().asFloatBuffer().get(values);
        return kind == Kind.SOUND ? new Waveform(values, width) : new FeatureMatrix(values, width);
    }

    private float[] expanded() {
        short[] steps = new short[bytes.remaining() / Short.BYTES];
        bytes().asShortBuffer().get(steps);
        float[] samples = new float[steps.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = steps[i] / Waveform.SIXTEEN_BIT_STEPS;
        }
        return samples;
    }

    private static boolean has16Bits(Waveform waveform) {
        for (float sample : waveform.samples()) {
            float step = sample * Waveform.SIXTEEN_BIT_STEPS;
            if (step != (short) step) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer shorts(float[] samples) {
        ByteBuffer bytes = littleEndian(Short.BYTES * samples.length);
        for (int i = 0; i < samples.length; i++) {
            bytes.putShort(Short.BYTES * i, (short) (samples[i] * Waveform.SIXTEEN_BIT_STEPS));
        }
        return bytes;
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
