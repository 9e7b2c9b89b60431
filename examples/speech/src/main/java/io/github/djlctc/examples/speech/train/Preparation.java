package io.github.djlctc.examples.speech.train;

import io.github.djlctc.dataset.CTCBatch;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.UnknownCharacterException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads every utterance of a split once, before any training, and keeps those that can be used.
 *
 * <p>Unreadable signals, transcripts with characters outside the alphabet and utterances too short
 * for their transcripts are recorded with their reasons.
 */
final class Preparation {

    private final SpeechModel model;
    private final SkippedSamples skipped;
    private final SignalCache cache;
    private final int threads;

    Preparation(SpeechModel model, SkippedSamples skipped, SignalCache cache) {
        this.model = model;
        this.skipped = skipped;
        this.cache = cache;
        threads = Runtime.getRuntime().availableProcessors();
    }

    /** Returns the usable utterances of a split, at least one. */
    List<PreparedUtterance> prepareUsable(String split, List<Utterance> utterances)
            throws IOException, InterruptedException {
        List<PreparedUtterance> usable = prepare(split, utterances);
        if (usable.isEmpty()) {
            String reasons = String.join("; ", skipped.summary(1));
            throw new IOException(
                    "none of the "
                            + utterances.size()
                            + " "
                            + split
                            + " utterances can be used: "
                            + reasons);
        }
        return usable;
    }

    private List<PreparedUtterance> prepare(String split, List<Utterance> utterances)
            throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (ConsoleProgress progress =
                ConsoleProgress.start("reading " + split, utterances.size(), "utterances")) {
            List<Future<PreparedUtterance>> futures = new ArrayList<>();
            for (Utterance utterance : utterances) {
                futures.add(
                        executor.submit(
                                () -> {
                                    PreparedUtterance prepared = prepare(utterance);
                                    progress.step();
                                    return prepared;
                                }));
            }
            List<PreparedUtterance> usable = new ArrayList<>();
            for (Future<PreparedUtterance> future : futures) {
                usable.add(future.get());
            }
            usable.removeIf(Objects::isNull);
            return usable;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** Returns null for an utterance that cannot be used, after recording why. */
    private PreparedUtterance prepare(Utterance utterance) {
        String text = model.alphabet().normalize(utterance.text());
        long[] target = target(utterance, text);
        if (target == null) {
            return null;
        }
        Utterance.Source source = () -> model.atModelRate(utterance.source().read());
        try {
            Signal signal = source.read();
            int frames = model.extractor().frames(signal);
            int available = model.config().size().subsampled(frames);
            int required = CTCBatch.requiredFrames(target);
            if (available < required) {
                skipped.add(
                        utterance.id(),
                        "too short for its transcript",
                        available
                                + " frames after subsampling, but \""
                                + text
                                + "\" needs "
                                + required);
                return null;
            }
            return new PreparedUtterance(
                    utterance.id(), text, target, frames, cache.keep(signal, source));
        } catch (AudioFormatException e) {
            // The message names the file, which the utterance's name may not.
            skipped.add(utterance.id(), e.problem().toString(), e.getMessage());
        } catch (IOException e) {
            skipped.add(utterance.id(), "unreadable signal", e.getMessage());
        } catch (UnsuitableSignalException e) {
            skipped.add(utterance.id(), "unsuitable signal", e.getMessage());
        }
        return null;
    }

    private long[] target(Utterance utterance, String text) {
        if (text.isEmpty()) {
            skipped.add(utterance.id(), "empty transcript", "nothing to learn or to compare with");
            return null;
        }
        try {
            return Arrays.stream(model.alphabet().encode(text)).asLongStream().toArray();
        } catch (UnknownCharacterException e) {
            skipped.add(utterance.id(), "characters outside the alphabet", e.getMessage());
            return null;
        }
    }
}
