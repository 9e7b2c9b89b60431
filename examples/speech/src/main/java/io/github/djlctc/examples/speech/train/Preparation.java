package io.github.djlctc.examples.speech.train;

import io.github.djlctc.dataset.CTCBatch;
import io.github.djlctc.examples.common.ErrorText;
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
        if (utterances.isEmpty()) {
            throw new IOException("there are no " + split + " utterances");
        }
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
                futures.add(executor.submit(() -> prepare(utterance)));
            }
            List<PreparedUtterance> usable = new ArrayList<>();
            // One after the other, so that what is skipped comes in the order of the corpus too.
            for (int i = 0; i < futures.size(); i++) {
                try {
                    usable.add(futures.get(i).get());
                } catch (ExecutionException e) {
                    skip(utterances.get(i), e.getCause());
                }
                progress.step();
            }
            return usable;
        } finally {
            executor.shutdownNow();
        }
    }

    private void skip(Utterance utterance, Throwable cause) {
        if (cause instanceof UnusableUtteranceException e) {
            skipped.add(utterance.id(), e.reason, e.getMessage());
        } else if (cause instanceof RuntimeException e) {
            throw e;
        } else {
            throw new IllegalStateException(cause);
        }
    }

    private PreparedUtterance prepare(Utterance utterance) throws UnusableUtteranceException {
        String text = model.alphabet().normalize(utterance.text());
        long[] target = target(text);
        Utterance.Source source = () -> model.atModelRate(utterance.source().read());
        try {
            Signal signal = source.read();
            int frames = model.extractor().frames(signal);
            int available = model.config().size().subsampled(frames);
            int required = CTCBatch.requiredFrames(target);
            if (available < required) {
                throw new UnusableUtteranceException(
                        "too short for its transcript",
                        available
                                + " frames after subsampling, but \""
                                + text
                                + "\" needs "
                                + required);
            }
            return new PreparedUtterance(
                    utterance.id(), text, target, frames, cache.keep(signal, source));
        } catch (AudioFormatException e) {
            // The message names the file, which the utterance's name may not.
            throw new UnusableUtteranceException(e.problem().toString(), e.getMessage());
        } catch (IOException e) {
            throw new UnusableUtteranceException("unreadable signal", ErrorText.of(e));
        } catch (UnsuitableSignalException e) {
            throw new UnusableUtteranceException("unsuitable signal", e.getMessage());
        }
    }

    private long[] target(String text) throws UnusableUtteranceException {
        if (text.isEmpty()) {
            throw new UnusableUtteranceException(
                    "empty transcript", "nothing to learn or to compare with");
        }
        try {
            return Arrays.stream(model.alphabet().encode(text)).asLongStream().toArray();
        } catch (UnknownCharacterException e) {
            throw new UnusableUtteranceException("characters outside the alphabet", e.getMessage());
        }
    }

    /** An utterance cannot be used; the message is the detail. */
    private static final class UnusableUtteranceException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnusableUtteranceException(String reason, String detail) {
            super(detail);
            this.reason = reason;
        }
    }
}
