package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A sample is a class here, and ten of them are a frame of 0.1 s; a sentence ends after 0.5 s. */
class StreamingRecogniserTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");
    private static final int FRAME = 10;
    private static final double SECONDS = 0.1;
    private static final Pauses PAUSES = new Pauses(0.5, 5);

    private static final CTCDecoder GREEDY = new GreedyDecoder(ALPHABET);

    private static final class ClassesAsSound implements LogitStream {

        private final List<Float> waiting = new ArrayList<>();
        private boolean closed;

        @Override
        public float[] accept(float[] samples, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                waiting.add(samples[i]);
            }
            return take(waiting.size() / FRAME);
        }

        private float[] take(int frames) {
            int classes = ALPHABET.size();
            float[] logits = new float[frames * classes];
            for (int frame = 0; frame < frames; frame++) {
                logits[frame * classes + waiting.get(frame * FRAME).intValue()] = 9;
            }
            waiting.subList(0, frames * FRAME).clear();
            return logits;
        }

        @Override
        public float[] finish() {
            return new float[0];
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Makes sound of a letter a frame; a dot is a blank. */
    private static float[] sound(String frames) {
        float[] sound = new float[frames.length() * FRAME];
        for (int i = 0; i < sound.length; i++) {
            char letter = frames.charAt(i / FRAME);
            sound[i] =
                    letter == '.'
                            ? ALPHABET.blank()
                            : letter == ' '
                                    ? ALPHABET.wordDelimiter().orElseThrow()
                                    : ALPHABET.encode(String.valueOf(letter))[0];
        }
        return sound;
    }

    private static List<LiveEvent> feed(CTCDecoder decoder, float[] sound, int part) {
        List<LiveEvent> events = new ArrayList<>();
        try (StreamingRecogniser recogniser =
                new StreamingRecogniser(new ClassesAsSound(), decoder, PAUSES, SECONDS)) {
            for (int i = 0; i < sound.length; i += part) {
                events.addAll(recogniser.accept(sound, i, Math.min(part, sound.length - i)));
            }
            events.addAll(recogniser.finish());
        }
        return events;
    }

    private static List<Segment> sentences(List<LiveEvent> events) {
        List<Segment> sentences = new ArrayList<>();
        for (LiveEvent event : events) {
            if (event instanceof LiveEvent.Sentence sentence) {
                sentences.add(sentence.segment());
            }
        }
        return sentences;
    }

    private static List<String> texts(List<LiveEvent> events) {
        return sentences(events).stream().map(Segment::text).toList();
    }

    @Example
    void showsWordsAsStableOnceTheyHaveEnded() {
        List<LiveEvent> events = feed(GREEDY, sound("..A.B B"), FRAME);

        assertThat(events)
                .startsWith(
                        new LiveEvent.Progress(3 * SECONDS, "", "A"),
                        new LiveEvent.Progress(5 * SECONDS, "", "AB"),
                        new LiveEvent.Progress(6 * SECONDS, "AB", ""),
                        new LiveEvent.Progress(7 * SECONDS, "AB", "B"));
        assertThat(texts(events)).containsExactly("AB B");
    }

    @Example
    void endsASentenceAtAPauseAndKeepsTheTimesOfTheStream() {
        List<Segment> found = sentences(feed(GREEDY, sound("...AB A..........B.A........"), FRAME));

        assertThat(found).extracting(Segment::text).containsExactly("AB A", "BA");
        assertThat(found.get(0).start()).isCloseTo(0.3, within(1e-9));
        assertThat(found.get(0).end()).isCloseTo(0.7, within(1e-9));
        assertThat(found.get(1).start()).isCloseTo(1.7, within(1e-9));
        assertThat(found.get(1).words().get(0).confidence()).isGreaterThan(0.99);
    }

    @Example
    void cutsWhereNobodyPauses() {
        assertThat(texts(feed(GREEDY, sound("A.".repeat(60)), 33)))
                .containsExactly("A".repeat(25), "A".repeat(25), "A".repeat(10));
    }

    @Example
    void takesAGuessBackThatNoSentenceComesOf() {
        CTCDecoder search =
                BeamSearchDecoder.builder()
                        .setAlphabet(ALPHABET)
                        .optLexicon(Lexicon.of(List.of("AB")))
                        .build();

        List<LiveEvent> events = feed(search, sound("A........AB......"), FRAME);

        assertThat(events)
                .startsWith(
                        new LiveEvent.Progress(SECONDS, "", "A"),
                        new LiveEvent.Progress(5 * SECONDS, "", ""));
        assertThat(texts(events)).containsExactly("AB");
    }

    @Example
    void saysNothingOfSilence() {
        assertThat(feed(GREEDY, sound(". ".repeat(200)), FRAME)).isEmpty();
    }

    @Example
    void closesTheLogits() {
        ClassesAsSound logits = new ClassesAsSound();
        StreamingRecogniser recogniser = new StreamingRecogniser(logits, GREEDY, PAUSES, SECONDS);
        recogniser.close();
        recogniser.close();

        assertThat(logits.closed).isTrue();
    }

    @Property(tries = 60, seed = "1")
    void sentencesDoNotDependOnHowTheSoundIsDivided(
            @ForAll @IntRange(max = 120) int frames,
            @ForAll @IntRange(min = 1, max = 300) int part,
            @ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder letters = new StringBuilder();
        while (letters.length() < frames) {
            letters.append(
                    String.valueOf("AB ....".charAt(random.nextInt(7)))
                            .repeat(1 + random.nextInt(4)));
        }
        float[] sound = sound(letters.toString());
        CTCDecoder search = BeamSearchDecoder.builder().setAlphabet(ALPHABET).build();
        for (CTCDecoder decoder : Arrays.asList(GREEDY, search)) {
            List<LiveEvent> events = feed(decoder, sound, part);

            assertThat(sentences(events)).isEqualTo(sentences(feed(decoder, sound, FRAME)));
            assertStableStays(events);
        }
    }

    private static void assertStableStays(List<LiveEvent> events) {
        String stable = "";
        for (LiveEvent event : events) {
            if (event instanceof LiveEvent.Progress progress) {
                assertThat(progress.stable()).startsWith(stable);
                stable = progress.stable();
            } else if (event instanceof LiveEvent.Sentence sentence) {
                assertThat(sentence.segment().text()).startsWith(stable);
                stable = "";
            }
        }
    }
}
