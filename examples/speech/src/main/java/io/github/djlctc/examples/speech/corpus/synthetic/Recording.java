package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.TextSplit;
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
 * @param split the part of the corpus
 * @param seed decides silence, place, noise and loudness
 */
record Recording(String id, String sentence, SpeakerSettings speaker, TextSplit split, long seed) {

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
        SplittableRandom random = new SplittableRandom(seed);
        Silence silence = Silence.draw(split, random);
        Waveform sound = silence.gate(RECORDING.apply(silence.around(dry.sound()), random));
        return new TimedSpeech(
                sentence,
                sound,
                dry.wordEnds().stream().map(end -> end + silence.before()).toList());
    }
}
