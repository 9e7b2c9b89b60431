package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;

/** How the samples of an uncompressed file are stored. */
@FunctionalInterface
interface SampleFormat {

    /** Reads the sample that starts at an offset; full scale is 1. */
    double read(byte[] bytes, int offset);

    static SampleFormat of(Path file, AudioFormat format) throws AudioFormatException {
        Encoding encoding = format.getEncoding();
        int frameBytes = format.getFrameSize();
        int channels = format.getChannels();
        int size = frameBytes > 0 && frameBytes % channels == 0 ? frameBytes / channels : 0;
        boolean bigEndian = format.isBigEndian();
        if (size >= 1 && size <= 4 && encoding.equals(Encoding.PCM_SIGNED)) {
            return bigEndian
                    ? (bytes, offset) -> bigEndian(bytes, offset, size) * 0x1p-31
                    : (bytes, offset) -> littleEndian(bytes, offset, size) * 0x1p-31;
        }
        if (size >= 1 && size <= 4 && encoding.equals(Encoding.PCM_UNSIGNED)) {
            return bigEndian
                    ? (bytes, offset) ->
                            (bigEndian(bytes, offset, size) ^ Integer.MIN_VALUE) * 0x1p-31
                    : (bytes, offset) ->
                            (littleEndian(bytes, offset, size) ^ Integer.MIN_VALUE) * 0x1p-31;
        }
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (size == 4 && encoding.equals(Encoding.PCM_FLOAT)) {
            return (bytes, offset) -> ByteBuffer.wrap(bytes).order(order).getFloat(offset);
        }
        if (size == 8 && encoding.equals(Encoding.PCM_FLOAT)) {
            return (bytes, offset) -> ByteBuffer.wrap(bytes).order(order).getDouble(offset);
        }
        throw new AudioFormatException(
                file,
                Problem.UNSUPPORTED,
                "its samples are " + format + "; convert it to 16-bit PCM, for example with sox");
    }

    /**
     * Returns the sample in the upper bits of an int, where WAV and AIFF put those of odd sizes
     * too.
     */
    private static int bigEndian(byte[] bytes, int offset, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[offset + i] & 0xFF) << (24 - 8 * i);
        }
        return value;
    }

    private static int littleEndian(byte[] bytes, int offset, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[offset + size - 1 - i] & 0xFF) << (24 - 8 * i);
        }
        return value;
    }
}
