package io.github.djlctc.examples.speech.feature;

/**
 * The definition of log-mel features, term by term: a windowed discrete Fourier transform by its
 * sum, triangles on the HTK mel scale, the logarithm, and the normalisation.
 */
final class DirectLogMel {

    private final int sampleRate;
    private final int mels;
    private final int windowLength;
    private final int hopLength;
    private final int fftSize;

    DirectLogMel(int sampleRate, int mels, int windowLength, int hopLength, int fftSize) {
        this.sampleRate = sampleRate;
        this.mels = mels;
        this.windowLength = windowLength;
        this.hopLength = hopLength;
        this.fftSize = fftSize;
    }

    /** Returns the normalised features (frames, mels). */
    double[][] extract(float[] samples) {
        int frames = 1 + samples.length / hopLength;
        double[][] features = new double[frames][mels];
        for (int t = 0; t < frames; t++) {
            double[] power = power(samples, t);
            for (int m = 0; m < mels; m++) {
                double sum = 0;
                for (int bin = 0; bin < power.length; bin++) {
                    sum += power[bin] * triangle(m, bin * (double) sampleRate / fftSize);
                }
                features[t][m] = Math.log(sum + 1e-10);
            }
        }
        normalise(features);
        return features;
    }

    private double[] power(float[] samples, int frame) {
        double[] power = new double[fftSize / 2 + 1];
        int from = frame * hopLength - fftSize / 2 + (fftSize - windowLength) / 2;
        for (int bin = 0; bin < power.length; bin++) {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < windowLength; n++) {
                int i = from + n;
                double sample = i < 0 || i >= samples.length ? 0 : samples[i];
                double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / windowLength);
                double angle = 2 * Math.PI * ((long) bin * n % fftSize) / fftSize;
                real += hann * sample * Math.cos(angle);
                imaginary -= hann * sample * Math.sin(angle);
            }
            power[bin] = real * real + imaginary * imaginary;
        }
        return power;
    }

    /** Returns how much of a frequency a filter lets through. */
    double triangle(int filter, double frequency) {
        double top = 2595 * Math.log10(1 + sampleRate / 2.0 / 700);
        double[] edges = new double[3];
        for (int i = 0; i < 3; i++) {
            edges[i] = 700 * (Math.pow(10, top * (filter + i) / (mels + 1) / 2595) - 1);
        }
        if (frequency <= edges[0] || frequency >= edges[2]) {
            return 0;
        }
        return frequency <= edges[1]
                ? (frequency - edges[0]) / (edges[1] - edges[0])
                : (edges[2] - frequency) / (edges[2] - edges[1]);
    }

    private void normalise(double[][] features) {
        for (int m = 0; m < mels; m++) {
            double mean = 0;
            for (double[] frame : features) {
                mean += frame[m] / features.length;
            }
            double variance = 0;
            for (double[] frame : features) {
                variance += (frame[m] - mean) * (frame[m] - mean) / features.length;
            }
            for (double[] frame : features) {
                frame[m] = (frame[m] - mean) / Math.sqrt(variance + 1e-5);
            }
        }
    }
}
