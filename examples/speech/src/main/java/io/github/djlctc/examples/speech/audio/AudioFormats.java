package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

import javax.sound.sampled.AudioInputStream;

/** Finds out by the first bytes of a file how it is decoded. */
final class AudioFormats {

    private AudioFormats() {}

    static AudioDecoder open(AudioContent content) throws IOException {
        Optional<AudioDecoder> own = openOwn(content);
        return own.isPresent() ? own.get() : openByFfmpeg(content);
    }

    /** Opens content that needs no other program; nothing, before other content. */
    static Optional<AudioDecoder> openOwn(AudioContent content) throws IOException {
        Path file = content.name();
        InputStream in = content.in();
        if (FirstBytes.of(in, 1).length == 0) {
            throw new AudioFormatException(file, Problem.EMPTY, "it has 0 bytes");
        }
        long tag = skipTag(file, in);
        long rest = content.bytes() - tag;
        if (FlacHeader.startsHere(in)) {
            return Optional.of(new FlacDecoder(content, tag));
        }
        if (OggStart.isHere(in)) {
            Optional<OggStart> start = OggStart.find(file, in);
            return start.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new OggDecoder(file, in, start.get()));
        }
        if (MpegFrames.startHere(in)) {
            return Optional.of(new MpegDecoder(file, in));
        }
        Optional<AudioInputStream> samples = openUncompressed(file, in);
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new PcmDecoder(file, samples.get(), rest));
    }

    private static Optional<AudioInputStream> openUncompressed(Path file, InputStream in)
            throws IOException {
        if (SphereHeader.startsHere(in)) {
            return Optional.of(SphereHeader.open(file, in));
        }
        return AifcHeader.startsHere(in)
                ? Optional.of(AifcHeader.open(file, in))
                : PcmDecoder.openByJava(file, in);
    }

    private static long skipTag(Path file, InputStream in) throws IOException {
        try {
            return Id3Tag.skip(in);
        } catch (EOFException e) {
            throw new AudioFormatException(
                    file, Problem.TRUNCATED, "it ends inside its ID3 tag", e);
        }
    }

    private static AudioDecoder openByFfmpeg(AudioContent content) throws IOException {
        Path file = content.name();
        InputStream sound =
                FfmpegInput.start(content)
                        .orElseThrow(
                                () ->
                                        new AudioFormatException(
                                                file,
                                                Problem.UNSUPPORTED,
                                                "neither "
                                                        + AudioFiles.FORMATS
                                                        + "; install ffmpeg, which reads most other"
                                                        + " formats and video, or convert it"));
        try {
            content.in().close();
            InputStream buffered = new BufferedInputStream(sound);
            Optional<AudioInputStream> samples = PcmDecoder.openByJava(file, buffered);
            if (samples.isEmpty()) {
                buffered.transferTo(OutputStream.nullOutputStream()); // to learn what went wrong
                throw new AudioFormatException(file, Problem.EMPTY, "ffmpeg finds no sound in it");
            }
            return new PcmDecoder(file, samples.get(), Long.MAX_VALUE);
        } catch (IOException | RuntimeException e) {
            sound.close();
            throw e;
        }
    }
}
