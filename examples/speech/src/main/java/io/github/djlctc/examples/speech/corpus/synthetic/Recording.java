package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.AdditiveNoise;
import io.github.djlctc.examples.speech.augment.RandomGain;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A sentence, who speaks it, and where.
 *
 * @param id what it is called
 * @param sentence the words
 * @param speaker the speaker
 * @param seed decides place, noise and loudness
 */
record Recording(String id, String sentence, SpeakerSettings speaker, long seed) {

    private static final WaveformAugmentation RECORDING =
            WaveformAugmentation.sequence(
                    List.of(
                            new Room(),
                            new AdditiveNoise(new UniformRange(10, 35)),
                            new RandomGain(new UniformRange(-20, 0)),
                            new SixteenBits()));

    Utterance utterance(Synthesizer synthesizer) {
        return new Utterance(id, sentence, () -> speech(synthesizer).sound());
    }

    TimedSpeech speech(Synthesizer synthesizer) {
        TimedSpeech dry = synthesizer.speak(sentence, speaker);
        Waveform sound = RECORDING.apply(dry.sound(), new SplittableRandom(seed));
        double before = Room.silenceBefore(new SplittableRandom(seed));
        return new TimedSpeech(
                sentence, sound, dry.wordEnds().stream().map(end -> end + before).toList());
    }
}
