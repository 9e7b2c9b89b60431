package io.github.djlctc.examples.speech.feature;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;

/**
 * Log-mel filterbank features of sound, computed by PyTorch in one call.
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
    private static final double WINDOW_SECONDS = 0.025;
    private static final double HOP_SECONDS = 0.01;

    private final int sampleRate;
    private final int mels;
    private final int windowLength;
    private final int hopLength;
    private final int fftSize;
    private final float[] filters;

    /**
     * Creates the extractor.
     *
     * @param sampleRate the rate of the waveforms in Hz, 1,000 or more
     * @param mels the number of filters, 1 or more
     * @throws IllegalArgumentException if a value is out of its range, or the filters are so many
     *     that some hold no frequency of the spectrum
     */
    public LogMelFilterbank(int sampleRate, int mels) {
        if (sampleRate < 1000 || mels < 1) {
            throw new IllegalArgumentException(
                    "sample rate " + sampleRate + " Hz with " + mels + " mel filters");
        }
        this.sampleRate = sampleRate;
        this.mels = mels;
        windowLength = (int) Math.round(sampleRate * WINDOW_SECONDS);
        hopLength = (int) Math.round(sampleRate * HOP_SECONDS);
        fftSize = Math.max(2, Integer.highestOneBit(windowLength - 1) * 2);
        filters = MelFilters.weights(sampleRate, fftSize, mels);
        checkFilters();
    }

    private void checkFilters() {
        for (int m = 0; m < mels; m++) {
            double sum = 0;
            for (int i = m; i < filters.length; i += mels) {
                sum += filters[i];
            }
            if (sum == 0) {
                throw new IllegalArgumentException(
                        "mel filter "
                                + m
                                + " of "
                                + mels
                                + " lies between two of the "
                                + (fftSize / 2 + 1)
                                + " frequencies at "
                                + sampleRate
                                + " Hz; use fewer filters");
            }
        }
    }

    @Override
    public FeatureMatrix extract(Signal signal, NDManager manager) {
        Waveform waveform = checked(signal);
        for (float sample : waveform.samples()) {
            if (!Float.isFinite(sample)) {
                throw new UnsuitableSignalException("the sound holds a sample " + sample);
            }
        }
        try (NDManager scratch = manager.newSubManager();
                NDManager host = scratch.newSubManager(Device.cpu())) {
            NDList result =
                    PROGRAM.infer(
                            new NDList(
                                    scratch.create(waveform.samples()),
                                    scratch.create(filters, new Shape(fftSize / 2 + 1, mels)),
                                    host.create(new long[] {fftSize, hopLength, windowLength})));
            return new FeatureMatrix(result.head().toFloatArray(), mels);
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
        return waveform;
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
