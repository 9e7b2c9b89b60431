package io.github.djlctc.examples.speech.train;

import io.github.djlctc.dataset.AuditSample;
import io.github.djlctc.dataset.CTCBatch;
import io.github.djlctc.dataset.LabelAudit;
import io.github.djlctc.dataset.LabelAuditReport;
import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.UnknownCharacterException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads every utterance of a split once, before any training, and keeps those that can be used.
 *
 * <p>Unreadable signals, transcripts with characters outside the alphabet and utterances too short
 * for their transcripts are recorded with their reasons. All of them are audited.
 */
final class Preparation {

    private final SpeechModel model;
    private final SkippedSamples skipped;
    private final SignalCache cache;
    private final LabelAudit audit;
    private final int threads;

    Preparation(SpeechModel model, SkippedSamples skipped, SignalCache cache) {
        this.model = model;
        this.skipped = skipped;
        this.cache = cache;
        audit =
                LabelAudit.builder()
                        .setAlphabet(model.alphabet())
                        .optSubsampling(model.config().size()::subsampled)
                        .build();
        threads = Runtime.getRuntime().availableProcessors();
        skipped.list().forEach(s -> audit.addUnreadable(s.id(), s.reason(), s.detail()));
    }

    /** Returns the audit of all utterances so far, and of those that were skipped before. */
    LabelAuditReport audit() {
        return audit.report();
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

    /** Returns the usable utterances of a split. */
    List<PreparedUtterance> prepare(String split, List<Utterance> utterances)
            throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (ConsoleProgress progress =
                ConsoleProgress.start("reading " + split, utterances.size(), "utterances")) {
            List<Future<Examined>> futures = new ArrayList<>();
            for (Utterance utterance : utterances) {
                futures.add(executor.submit(() -> examine(utterance)));
            }
            List<PreparedUtterance> usable = new ArrayList<>();
            // One after the other, so that what is skipped comes in the order of the corpus too.
            for (Future<Examined> future : futures) {
                take(future).ifPresent(usable::add);
                progress.step();
            }
            return usable;
        } finally {
            executor.shutdownNow();
        }
    }

    private Optional<PreparedUtterance> take(Future<Examined> future) throws InterruptedException {
        try {
            Examined examined = future.get();
            examined.addTo(audit);
            examined.problem().ifPresent(p -> skipped.add(examined.id(), p.reason(), p.detail()));
            return examined.usable();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Examined examine(Utterance utterance) {
        Utterance.Source source = () -> model.atModelRate(utterance.source().read());
        try {
            return examine(utterance, source.read(), source);
        } catch (AudioFormatException e) {
            // The message names the file, which the utterance's name may not.
            return Examined.unreadable(utterance, e.problem().toString(), e.getMessage());
        } catch (IOException e) {
            return Examined.unreadable(utterance, "unreadable signal", ErrorText.of(e));
        } catch (UnsuitableSignalException e) {
            return Examined.unreadable(utterance, "unsuitable signal", e.getMessage());
        }
    }

    private Examined examine(Utterance utterance, Signal signal, Utterance.Source source) {
        int frames = model.extractor().frames(signal);
        AuditSample sample =
                AuditSample.builder()
                        .setId(utterance.id())
                        .setText(utterance.text())
                        .optFrames(frames)
                        .optFeatures(values(signal))
                        .build();
        String text = model.alphabet().normalize(utterance.text());
        try {
            long[] target = target(text);
            checkLength(text, target, frames);
            return Examined.usable(
                    sample,
                    new PreparedUtterance(
                            utterance.id(), text, target, frames, cache.keep(signal, source)));
        } catch (UnusableTranscriptException e) {
            return Examined.unusable(utterance, sample, e.reason, e.getMessage());
        }
    }

    private static float[] values(Signal signal) {
        return signal instanceof Waveform sound
                ? sound.samples()
                : ((FeatureMatrix) signal).values();
    }

    private void checkLength(String text, long[] target, int frames)
            throws UnusableTranscriptException {
        int available = model.config().size().subsampled(frames);
        int required = CTCBatch.requiredFrames(target);
        if (available < required) {
            throw new UnusableTranscriptException(
                    "too short for its transcript",
                    available
                            + " frames after subsampling, but \""
                            + text
                            + "\" needs "
                            + required);
        }
    }

    private long[] target(String text) throws UnusableTranscriptException {
        if (text.isEmpty()) {
            throw new UnusableTranscriptException(
                    "empty transcript", "nothing to learn or to compare with");
        }
        try {
            return Arrays.stream(model.alphabet().encode(text)).asLongStream().toArray();
        } catch (UnknownCharacterException e) {
            throw new UnusableTranscriptException(
                    "characters outside the alphabet", e.getMessage());
        }
    }

    /** An utterance cannot be used with its transcript; the message is the detail. */
    private static final class UnusableTranscriptException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnusableTranscriptException(String reason, String detail) {
            super(detail);
            this.reason = reason;
        }
    }
}
