package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.decode.Hotword;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.live.HotwordException;
import io.github.djlctc.examples.speech.live.LiveEvent;
import io.github.djlctc.examples.speech.live.LiveModel;
import io.github.djlctc.examples.speech.live.LiveRecogniser;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;
import io.github.djlctc.examples.speech.transcript.Transcription;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears a word of a script in every so many seconds of sound, whatever the sound is. */
final class ScriptedModel implements LiveModel {

    static final int RATE = 8000;

    /** A word that this model cannot spell. */
    static final String UNKNOWN = "ÄRGER";

    private final List<String> sentences;
    private final double secondsPerWord;
    private final AtomicInteger open = new AtomicInteger();

    ScriptedModel(double secondsPerWord, String... sentences) {
        this.secondsPerWord = secondsPerWord;
        this.sentences = List.of(sentences);
    }

    /** Starts a server of this model on a port that is free, which pages of one origin may use. */
    SpeechServer serve(ServerLimits limits, Optional<String> token) throws IOException {
        return SpeechServer.start(
                this,
                new SpeechServer.Access("127.0.0.1", 0, List.of("https://ok.example"), token),
                limits,
                2);
    }

    /** Returns how many streams were opened and not closed. */
    int openStreams() {
        return open.get();
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public LiveRecogniser open(List<Hotword> hotwords) {
        for (Hotword hotword : hotwords) {
            if (hotword.phrase().contains(UNKNOWN)) {
                throw new HotwordException(
                        "the hotword \"" + hotword.phrase() + "\" cannot be recognised");
            }
        }
        open.incrementAndGet();
        return new Stream(hotwords);
    }

    @Override
    public Transcription transcribe(AudioStream sound, List<Hotword> hotwords) throws IOException {
        float[] buffer = new float[1000];
        long samples = 0;
        List<Segment> segments = new ArrayList<>();
        try (LiveRecogniser stream = open(hotwords)) {
            for (int n = 0; n >= 0; n = sound.read(buffer, 0, buffer.length)) {
                samples += n;
            }
            int atRate = (int) (samples * RATE / sound.sampleRate());
            List<LiveEvent> events = new ArrayList<>(stream.accept(new float[atRate], 0, atRate));
            events.addAll(stream.finish());
            for (LiveEvent event : events) {
                if (event instanceof LiveEvent.Sentence sentence) {
                    segments.add(sentence.segment());
                }
            }
        }
        return new Transcription(samples / (double) sound.sampleRate(), segments);
    }

    private final class Stream implements LiveRecogniser {

        private final List<Hotword> hotwords;
        private final List<TimedWord> words = new ArrayList<>();
        private int sentence;
        private int spoken;
        private long samples;
        private boolean closed;

        Stream(List<Hotword> hotwords) {
            this.hotwords = hotwords;
        }

        @Override
        public List<LiveEvent> accept(float[] sound, int offset, int length) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            samples += length;
            List<LiveEvent> events = new ArrayList<>();
            while ((spoken + 1) * secondsPerWord * RATE <= samples) {
                word(events);
            }
            return events;
        }

        private void word(List<LiveEvent> events) {
            String[] script = sentences.get(sentence % sentences.size()).split(" ", -1);
            if (words.size() == script.length) {
                end(events);
            } else {
                double start = spoken * secondsPerWord;
                double confidence = spoken % 7 == 3 ? 0.64 : spoken % 11 == 8 ? 0.41 : 0.97;
                String word = script[words.size()];
                words.add(new TimedWord(word, start, start + 0.8 * secondsPerWord, confidence));
                String stable = text(words.subList(0, words.size() - 1));
                events.add(new LiveEvent.Progress(start, stable, word));
            }
            spoken++;
        }

        private void end(List<LiveEvent> events) {
            if (!words.isEmpty()) {
                String text = text(words) + (hotwords.isEmpty() ? "" : " " + hotwords);
                double end = words.get(words.size() - 1).end();
                Segment segment =
                        new Segment(words.get(0).start(), end, text, words, -1, List.of());
                events.add(new LiveEvent.Sentence(segment));
                words.clear();
                sentence++;
            }
        }

        private static String text(List<TimedWord> words) {
            return String.join(" ", words.stream().map(TimedWord::word).toList());
        }

        @Override
        public List<LiveEvent> finish() {
            List<LiveEvent> events = new ArrayList<>();
            end(events);
            return events;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
