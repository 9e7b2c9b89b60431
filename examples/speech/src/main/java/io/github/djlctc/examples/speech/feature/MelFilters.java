package io.github.djlctc.examples.speech.feature;

/**
 * Triangular filters, equally spaced on the mel scale m(f) = 2595 log10(1 + f / 700) (O'Shaughnessy
 * 1987), without area normalisation.
 */
final class MelFilters {

    private MelFilters() {}

    /** Returns the weights of shape (bins, mels) for frequencies from 0 to half the sample rate. */
    static float[] weights(int sampleRate, int fftSize, int mels) {
        int bins = fftSize / 2 + 1;
        double top = mel(sampleRate / 2.0);
        double[] edges = new double[mels + 2];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = hertz(top * i / (mels + 1));
        }
        float[] weights = new float[bins * mels];
        for (int bin = 0; bin < bins; bin++) {
            double frequency = bin * (double) sampleRate / fftSize;
            for (int m = 0; m < mels; m++) {
                double rising = (frequency - edges[m]) / (edges[m + 1] - edges[m]);
                double falling = (edges[m + 2] - frequency) / (edges[m + 2] - edges[m + 1]);
                weights[bin * mels + m] = (float) Math.max(0, Math.min(rising, falling));
            }
        }
        return weights;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
