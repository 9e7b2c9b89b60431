package io.github.djlctc.examples.speech.feature;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.host.HostArrays;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Log-mel filterbank features of sound, computed by PyTorch in one call on the CPU.
 *
 * <p>A periodic Hann window of 25 ms every 10 ms, centred on its frame (the signal is extended by
 * zeros); power spectrum of n_fft points, the least power of two that holds the window; triangular
 * filters on the HTK mel scale from 0 to half the sample rate, not normalised by area; natural
 * logarithm of the sum plus 1e-10; then each mel is brought to mean 0 and deviation 1 over the
 * utterance, or shifted and scaled by a {@link MelNormalisation}. Before the logarithm this is
 * {@code torchaudio.transforms.MelSpectrogram(sample_rate, n_fft, win_length, hop_length, n_mels,
 * pad_mode="constant")} and {@code librosa.feature.melspectrogram(..., pad_mode="constant",
 * htk=True, norm=None)}.
 *
 * <p>A signal of n samples has 1 + n / hop frames.
 */
public final class LogMelFilterbank implements FeatureExtractor {

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(LogMelFilterbank.class, "log_mel.py");
    private static final String ENGINE = "PyTorch";
    private static final double WINDOW_SECONDS = 0.025;
    private static final double HOP_SECONDS = 0.01;
    private static final long CENTRED = 1;
    private static final int MIN_SAMPLE_RATE = 1_000;
    private static final int MAX_SAMPLE_RATE = 384_000;

    /** Far above any sound, and far below where the power of a frame overflows float32. */
    private static final float MAX_SAMPLE = 1e12f;

    private final int sampleRate;
    private final int mels;
    private final int windowLength;
    private final int hopLength;
    private final int fftSize;
    private final float[] filters;
    private final Optional<MelNormalisation> normalisation;

    /**
     * Creates an extractor that normalises over the utterance.
     *
     * @param sampleRate the rate of the waveforms in Hz, 1,000 to 384,000
     * @param mels the number of filters, 1 or more
     * @throws IllegalArgumentException if a value is out of its range, or the filters are so many
     *     that some hold no frequency of the spectrum
     */
    public LogMelFilterbank(int sampleRate, int mels) {
        this(sampleRate, mels, Optional.empty());
    }

    /**
     * Creates an extractor that normalises all sound alike.
     *
     * @param sampleRate the rate of the waveforms in Hz, 1,000 to 384,000
     * @param normalisation the shift and scale of each mel filter
     * @throws IllegalArgumentException as for the other constructor
     */
    public LogMelFilterbank(int sampleRate, MelNormalisation normalisation) {
        this(sampleRate, normalisation.means().size(), Optional.of(normalisation));
    }

    private LogMelFilterbank(int sampleRate, int mels, Optional<MelNormalisation> normalisation) {
        if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE || mels < 1) {
            throw new IllegalArgumentException(
                    "sample rate "
                            + sampleRate
                            + " Hz with "
                            + mels
                            + " mel filters: 1,000 to 384,000 Hz and 1 or more filters expected");
        }
        this.sampleRate = sampleRate;
        this.mels = mels;
        this.normalisation = normalisation;
        windowLength = (int) Math.round(sampleRate * WINDOW_SECONDS);
        hopLength = (int) Math.round(sampleRate * HOP_SECONDS);
        fftSize = Math.max(2, Integer.highestOneBit(windowLength - 1) * 2);
        filters = filters();
    }

    private float[] filters() {
        int bins = fftSize / 2 + 1;
        if (mels > bins) {
            throw tooManyFilters(bins);
        }
        float[] weights = MelFilters.weights(sampleRate, fftSize, mels);
        for (int m = 0; m < mels; m++) {
            double sum = 0;
            for (int i = m; i < weights.length; i += mels) {
                sum += weights[i];
            }
            if (sum == 0) {
                throw tooManyFilters(bins);
            }
        }
        return weights;
    }

    private IllegalArgumentException tooManyFilters(int bins) {
        return new IllegalArgumentException(
                mels
                        + " mel filters are too many for the "
                        + bins
                        + " frequencies at "
                        + sampleRate
                        + " Hz: one lies between two of them; use fewer filters");
    }

    @Override
    public FeatureMatrix extract(Signal signal) {
        return new FeatureMatrix(run(checked(signal).samples(), CENTRED), mels);
    }

    /**
     * Computes the features of windows that follow each other.
     *
     * @param samples the samples of the windows, {@link #fftSize()} for the first and {@link
     *     #hopLength()} for each further one
     * @return the frames, one after another
     */
    float[] windows(float[] samples) {
        return run(samples, 0);
    }

    private float[] run(float[] samples, long centred) {
        // On the CPU: on a GPU, launching the kernels of one utterance takes longer than running
        // them.
        try (NDManager host = NDManager.newBaseManager(Device.cpu(), ENGINE)) {
            NDList result =
                    PROGRAM.infer(
                            new NDList(
                                    host.create(samples),
                                    host.create(filters, new Shape(fftSize / 2 + 1, mels)),
                                    host.create(
                                            new long[] {fftSize, hopLength, windowLength, centred}),
                                    perMel(host, MelNormalisation::means),
                                    perMel(host, MelNormalisation::deviations)));
            return HostArrays.readFloats(result.head());
        }
    }

    private NDArray perMel(NDManager host, Function<MelNormalisation, List<Float>> part) {
        List<Float> given = normalisation.map(part).orElse(List.of());
        float[] values = new float[given.size()];
        for (int m = 0; m < values.length; m++) {
            values[m] = given.get(m);
        }
        return host.create(values);
    }

    /**
     * Begins sound that arrives in parts.
     *
     * @return the stream
     * @throws IllegalStateException if the features are normalised over the utterance, which is
     *     known at its end only
     */
    public LogMelStream openStream() {
        if (normalisation.isEmpty()) {
            throw new IllegalStateException(
                    "features that are normalised over the utterance are known at its end only");
        }
        return new LogMelStream(this);
    }

    /** Returns how many samples a window spans with those that it weighs by 0. */
    int fftSize() {
        return fftSize;
    }

    int hopLength() {
        return hopLength;
    }

    /** Returns how many samples from the one it is centred on a frame depends on. */
    int reach() {
        return (fftSize - windowLength) / 2 + windowLength - fftSize / 2;
    }

    /**
     * Returns how much sound after the time that a frame is centred on it depends on.
     *
     * @return seconds
     */
    public double lookaheadSeconds() {
        return reach() / (double) sampleRate;
    }

    private Waveform checked(Signal signal) {
        if (!(signal instanceof Waveform waveform)) {
            throw new UnsuitableSignalException(
                    "the model reads sound, but was given precomputed features");
        }
        if (waveform.sampleRate() != sampleRate) {
            throw new UnsuitableSignalException(
                    "the model reads sound at "
                            + sampleRate
                            + " Hz, but was given "
                            + waveform.sampleRate()
                            + " Hz; resample it first");
        }
        float[] samples = waveform.samples();
        if (samples.length == 0) {
            throw new UnsuitableSignalException("the sound has no samples");
        }
        checkSamples(samples, 0, samples.length, 0);
        return waveform;
    }

    /**
     * Checks that samples are sound.
     *
     * @param before how many samples there were before these
     */
    static void checkSamples(float[] samples, int offset, int count, long before) {
        for (int i = offset; i < offset + count; i++) {
            if (!(Math.abs(samples[i]) <= MAX_SAMPLE)) {
                throw new UnsuitableSignalException(
                        "sample %d is %s; sound lies between -1 and 1"
                                .formatted(before + i - offset, samples[i]));
            }
        }
    }

    @Override
    public int frames(Signal signal) {
        return 1 + checked(signal).samples().length / hopLength;
    }

    @Override
    public int dimensions() {
        return mels;
    }

    @Override
    public double frameSeconds() {
        return hopLength / (double) sampleRate;
    }

    /**
     * Returns the rate of the waveforms it takes.
     *
     * @return the rate in Hz
     */
    public int sampleRate() {
        return sampleRate;
    }
}
