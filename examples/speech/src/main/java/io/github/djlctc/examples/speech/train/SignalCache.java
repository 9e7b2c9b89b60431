package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps signals in memory up to a limit, then in a file if there is one; what fits in neither is
 * read again each time.
 *
 * <p>What it returns equals what it was given. Sound that was recorded in 16 bits is kept in 16
 * bits, half of what float takes.
 */
public final class SignalCache implements AutoCloseable {

    private final MemoryBudget budget;
    private final Optional<SignalFile> file;

    /**
     * Creates an empty cache in memory.
     *
     * @param budget how much it may keep
     */
    public SignalCache(MemoryBudget budget) {
        this.budget = budget;
        file = Optional.empty();
    }

    /**
     * Creates a cache that has what a file kept.
     *
     * @param budget how much it may keep in memory
     * @param file keeps the rest; closed with this
     */
    public SignalCache(MemoryBudget budget, SignalFile file) {
        this.budget = budget;
        this.file = Optional.of(file);
    }

    /**
     * Finds a signal that an earlier run kept.
     *
     * @param key names the signal, if it has a name
     * @param source reads it where it is from, should the file turn out to be damaged
     */
    Optional<Utterance.Source> find(Optional<String> key, Utterance.Source source) {
        return key.filter(name -> file.filter(f -> f.has(name)).isPresent())
                .map(name -> stored(name, source));
    }

    Utterance.Source keep(Optional<String> key, Signal signal, Utterance.Source source) {
        SignalBytes.Kind kind = SignalBytes.Kind.of(signal);
        long size = kind.size(signal);
        if (budget.reserve(size)) {
            return kind == SignalBytes.Kind.SOUND_OF_16_BITS
                    ? SignalBytes.of(signal)::signal
                    : () -> signal;
        }
        boolean isStored =
                key.isPresent()
                        && file.isPresent()
                        && size < SignalFile.WINDOW_BYTES
                        && file.get().add(key.get(), SignalBytes.of(signal));
        return isStored ? stored(key.get(), source) : source;
    }

    private Utterance.Source stored(String key, Utterance.Source source) {
        SignalFile signals = file.orElseThrow();
        return () -> read(signals, key, source);
    }

    private static Signal read(SignalFile signals, String key, Utterance.Source source)
            throws IOException {
        Optional<SignalBytes> bytes = signals.read(key);
        return bytes.isPresent() ? bytes.get().signal() : source.read();
    }

    /** Deletes the file, if there is one; the cache is of no use any more. */
    void delete() {
        file.ifPresent(SignalFile::delete);
    }

    /** Closes the file, if there is one. */
    @Override
    public void close() {
        file.ifPresent(SignalFile::close);
    }
}
