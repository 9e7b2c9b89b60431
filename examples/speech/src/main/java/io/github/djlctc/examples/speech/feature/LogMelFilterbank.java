package io.github.djlctc.examples.speech.feature;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.host.HostArrays;

/**
 * Log-mel filterbank features of sound, computed by PyTorch in one call on the CPU.
 *
 * <p>A periodic Hann window of 25 ms every 10 ms, centred on its frame (the signal is extended by
 * zeros); power spectrum of n_fft points, the least power of two that holds the window; triangular
 * filters on the HTK mel scale from 0 to half the sample rate, not normalised by area; natural
 * logarithm of the sum plus 1e-10; then each mel is brought to mean 0 and deviation 1 over the
 * utterance. Before the logarithm this is {@code torchaudio.transforms.MelSpectrogram(sample_rate,
 * n_fft, win_length, hop_length, n_mels, pad_mode="constant")} and {@code
 * librosa.feature.melspectrogram(..., pad_mode="constant", htk=True, norm=None)}.
 *
 * <p>A signal of n samples has 1 + n / hop frames.
 */
public final class LogMelFilterbank implements FeatureExtractor {

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(LogMelFilterbank.class, "log_mel.py");
    private static final String ENGINE = "PyTorch";
    private static final double WINDOW_SECONDS = 0.025;
    private static final double HOP_SECONDS = 0.01;
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

    /**
     * Creates the extractor.
     *
     * @param sampleRate the rate of the waveforms in Hz, 1,000 to 384,000
     * @param mels the number of filters, 1 or more
     * @throws IllegalArgumentException if a value is out of its range, or the filters are so many
     *     that some hold no frequency of the spectrum
     */
    public LogMelFilterbank(int sampleRate, int mels) {
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
        Waveform waveform = checked(signal);
        // On the CPU: on a GPU, launching the kernels of one utterance takes longer than running
        // them.
        try (NDManager host = NDManager.newBaseManager(Device.cpu(), ENGINE)) {
            NDList result =
                    PROGRAM.infer(
                            new NDList(
                                    host.create(waveform.samples()),
                                    host.create(filters, new Shape(fftSize / 2 + 1, mels)),
                                    host.create(new long[] {fftSize, hopLength, windowLength})));
            return new FeatureMatrix(HostArrays.readFloats(result.head()), mels);
        }
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
        checkSamples(waveform.samples());
        return waveform;
    }

    private static void checkSamples(float[] samples) {
        if (samples.length == 0) {
            throw new UnsuitableSignalException("the sound has no samples");
        }
        for (int i = 0; i < samples.length; i++) {
            if (!(Math.abs(samples[i]) <= MAX_SAMPLE)) {
                throw new UnsuitableSignalException(
                        "sample " + i + " is " + samples[i] + "; sound lies between -1 and 1");
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
