package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.Resampler;
import io.github.djlctc.examples.speech.audio.Waveform;

import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import com.sun.speech.freetts.lexicon.Lexicon;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Speaks sentences with the FreeTTS voice kevin16, a diphone synthesiser, changed to sound like a
 * given speaker.
 *
 * <p>The vocal tract is warped by resampling: speech that is made with the pitch divided, and the
 * duration multiplied, by the warp factor, and then played faster by that factor, has the wanted
 * pitch and duration, and its formants are moved.
 *
 * <p>Thread-safe. A FreeTTS voice is not, and takes a fifth of a second to load, so voices are kept
 * for reuse, as many as threads have ever spoken at once. FreeTTS would pass its sound to a thread
 * that never ends; here it writes into memory on the caller's thread, and no thread is started.
 */
final class Synthesizer {

    /** The sample rate of all sound, that of the voice: 16 kHz. */
    static final int SAMPLE_RATE = 16_000;

    private static final String VOICE = "kevin16";

    /** Below this share of the peak, the sound before the first word and after the last is cut. */
    private static final float SILENCE = 0.01f;

    /**
     * The names of the letters, in the phones of FreeTTS. Left to itself it reads the letter A as
     * the article wherever a word follows.
     */
    private static final String[] LETTERS = {
        "ey1", "b iy1", "s iy1", "d iy1", "iy1", "eh1 f", "jh iy1", "ey1 ch", "ay1", "jh ey1",
        "k ey1", "eh1 l", "eh1 m", "eh1 n", "ow1", "p iy1", "k y uw1", "aa1 r", "eh1 s", "t iy1",
        "y uw1", "v iy1", "d ah1 b ax l y uw", "eh1 k s", "w ay1", "z iy1"
    };

    private final Deque<Voice> idle = new ArrayDeque<>();
    private final Map<Double, Resampler> warps = new ConcurrentHashMap<>();

    /**
     * Speaks a sentence.
     *
     * @param sentence words of A to Z with spaces between them; single letters are read by name
     * @param speaker how to speak
     * @return the speech, without silence before and after it
     */
    TimedSpeech speak(String sentence, SpeakerSettings speaker) {
        // A voice that fails is not given back, since its state is unknown.
        Voice voice = borrow();
        voice.setPitch((float) (speaker.pitch() / speaker.warp()));
        voice.setPitchRange((float) (speaker.pitchRange() / speaker.warp()));
        voice.setDurationStretch((float) (speaker.stretch() * speaker.warp()));
        if (!voice.speak(respell(sentence))) {
            throw new IllegalStateException("FreeTTS cannot speak '" + sentence + "'");
        }
        float[] samples = ((SampleCollector) voice.getAudioPlayer()).take();
        List<Double> ends = wordEnds(voice).take();
        giveBack(voice);
        Resampler warp = warps.computeIfAbsent(speaker.warp(), Resampler::speed);
        int from = start(samples);
        Waveform sound = new Waveform(warp.resample(trim(samples, from)), SAMPLE_RATE);
        double cut = from / (double) SAMPLE_RATE;
        return new TimedSpeech(
                sentence, sound, ends.stream().map(end -> (end - cut) / speaker.warp()).toList());
    }

    private static WordEnds wordEnds(Voice voice) {
        List<?> processors = voice.getUtteranceProcessors();
        return (WordEnds) processors.get(processors.size() - 1);
    }

    private synchronized Voice borrow() {
        return idle.isEmpty() ? load() : idle.pop();
    }

    private synchronized void giveBack(Voice voice) {
        idle.push(voice);
    }

    /** Returns a new voice that is ready to speak into a {@link SampleCollector}. */
    static Voice load() {
        Voice voice =
                Arrays.stream(new KevinVoiceDirectory().getVoices())
                        .filter(candidate -> candidate.getName().equals(VOICE))
                        .findFirst()
                        .orElseThrow();
        // Allocating starts an output thread unless there is a queue; without a queue, later, the
        // sound is put out by the thread that calls speak.
        voice.setOutputQueue(new OutputQueue());
        voice.allocate();
        voice.setOutputQueue(null);
        voice.setAudioPlayer(new SampleCollector());
        addWordEnds(voice);
        Lexicon lexicon = voice.getLexicon();
        for (int i = 0; i < LETTERS.length; i++) {
            String word = respell(String.valueOf((char) ('A' + i)));
            lexicon.addAddendum(word, null, LETTERS[i].split(" ", -1));
        }
        return voice;
    }

    // FreeTTS knows no generics.
    @SuppressWarnings("unchecked")
    private static void addWordEnds(Voice voice) {
        ((List<Object>) voice.getUtteranceProcessors()).add(new WordEnds());
    }

    /** Writes single letters as words of the lexicon's addenda: "letterb" for B. */
    static String respell(String sentence) {
        return Arrays.stream(sentence.toLowerCase(Locale.ROOT).split(" ", -1))
                .map(word -> word.length() == 1 ? "letter" + word : word)
                .collect(Collectors.joining(" "));
    }

    /** Returns the first sample that is louder than silence. */
    private static int start(float[] samples) {
        float limit = SILENCE * peak(samples);
        int start = 0;
        while (start < samples.length && Math.abs(samples[start]) <= limit) {
            start++;
        }
        return start;
    }

    /** Returns the samples from one to the last that is louder than silence. */
    private static float[] trim(float[] samples, int from) {
        float limit = SILENCE * peak(samples);
        int to = samples.length;
        while (to > from && Math.abs(samples[to - 1]) <= limit) {
            to--;
        }
        return Arrays.copyOfRange(samples, from, to);
    }

    private static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
