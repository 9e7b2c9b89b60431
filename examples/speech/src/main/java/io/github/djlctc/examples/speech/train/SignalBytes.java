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
        SOUND_OF_16_BITS(1, Short.BYTES),
        SOUND(2, Float.BYTES),
        FEATURES(3, Float.BYTES);

        /** What stands for it in a file. */
        final int code;

        private final int valueBytes;

        Kind(int code, int valueBytes) {
            this.code = code;
            this.valueBytes = valueBytes;
        }

        static Kind of(Signal signal) {
            if (signal instanceof FeatureMatrix) {
                return FEATURES;
            }
            return has16Bits((Waveform) signal) ? SOUND_OF_16_BITS : SOUND;
        }

        /**
         * Returns how many bytes a signal of this kind takes, maybe more than an array can have.
         */
        long size(Signal signal) {
            return (long) valueBytes * valuesOf(signal).length;
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

    /**
     * Takes the bytes of a signal.
     *
     * @param signal has no more than an array can have
     */
    static SignalBytes of(Signal signal) {
        Kind kind = Kind.of(signal);
        int width =
                signal instanceof Waveform sound
                        ? sound.sampleRate()
                        : ((FeatureMatrix) signal).dimensions();
        float[] values = valuesOf(signal);
        return new SignalBytes(
                kind, width, kind == Kind.SOUND_OF_16_BITS ? shorts(values) : floats(values));
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

    /** Returns the samples of sound, or the values of features frame by frame. Not a copy. */
    static float[] valuesOf(Signal signal) {
        return signal instanceof Waveform sound
                ? sound.samples()
                : ((FeatureMatrix) signal).values();
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
