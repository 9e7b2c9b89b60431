package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/** The microphones that Java Sound finds. */
public final class Microphone {

    private static final int[] USUAL_RATES = {48_000, 44_100, 16_000};
    private static final String INSTEAD =
            "; give raw sound on the standard input instead: speech listen - (16 bits, one channel,"
                    + " --rate)";

    private Microphone() {}

    /**
     * Lists the devices that record.
     *
     * @return their names, the one that is used by default first; empty if there is none
     */
    public static List<String> names() {
        return mixers().stream().map(mixer -> mixer.getMixerInfo().getName()).toList();
    }

    /**
     * Opens a microphone.
     *
     * @param device a part of its name, in any case; empty for the first one
     * @param sampleRate the rate that is wanted; if the device has it not, the sound has another
     * @return its sound, which does not end before it is closed
     * @throws IOException if there is none, or it is in use; the message says what can be done
     */
    public static AudioStream open(String device, int sampleRate) throws IOException {
        List<Mixer> mixers = mixers();
        if (mixers.isEmpty()) {
            throw new IOException("no microphone found" + INSTEAD);
        }
        String wanted = device.toLowerCase(Locale.ROOT);
        for (Mixer mixer : mixers) {
            if (mixer.getMixerInfo().getName().toLowerCase(Locale.ROOT).contains(wanted)) {
                return open(mixer, sampleRate);
            }
        }
        throw new IOException(
                "no microphone's name has \"%s\" in it; there are: %s"
                        .formatted(device, String.join(", ", names())));
    }

    private static List<Mixer> mixers() {
        List<Mixer> mixers = new ArrayList<>();
        for (Mixer.Info info : AudioSystem.getMixerInfo()) {
            Mixer mixer = AudioSystem.getMixer(info);
            if (mixer.isLineSupported(new DataLine.Info(TargetDataLine.class, null))) {
                mixers.add(mixer);
            }
        }
        return mixers;
    }

    private static AudioStream open(Mixer mixer, int sampleRate) throws IOException {
        String name = mixer.getMixerInfo().getName();
        List<Integer> rates = new ArrayList<>(List.of(sampleRate));
        for (int rate : USUAL_RATES) {
            rates.add(rate);
        }
        for (int rate : rates) {
            AudioFormat format = new AudioFormat(rate, Short.SIZE, 1, true, false);
            DataLine.Info info = new DataLine.Info(TargetDataLine.class, format);
            if (mixer.isLineSupported(info)) {
                return open(mixer, info, rate);
            }
        }
        throw new IOException(
                "the microphone " + name + " gives no 16-bit sound in one channel" + INSTEAD);
    }

    private static AudioStream open(Mixer mixer, DataLine.Info info, int rate) throws IOException {
        try {
            TargetDataLine line = (TargetDataLine) mixer.getLine(info);
            // Two seconds, so that a moment of other work loses no sound.
            line.open(new AudioFormat(rate, Short.SIZE, 1, true, false), 2 * 2 * rate);
            line.start();
            InputStream in = new AudioInputStream(line);
            return new RawSound(in, rate);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new IOException(
                    "the microphone %s cannot be opened (%s); does another program use it?%s"
                            .formatted(mixer.getMixerInfo().getName(), e.getMessage(), INSTEAD),
                    e);
        }
    }
}
