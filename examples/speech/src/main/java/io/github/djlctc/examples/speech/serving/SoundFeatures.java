package io.github.djlctc.examples.speech.serving;

import ai.djl.modality.audio.Audio;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.common.serving.SampleFeatures;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.SampleRateConverter;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;
import io.github.djlctc.examples.speech.model.ModelConfig;

import java.io.IOException;
import java.nio.file.Path;

/** The features of sound, as the model was trained on. */
final class SoundFeatures implements SampleFeatures<Audio> {

    private static final Path REQUEST = Path.of("request");

    private final FeatureExtractor extractor;
    private final SampleRateConverter converter;

    /**
     * Creates the features.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    SoundFeatures(ModelConfig config) {
        extractor = config.extractor();
        converter = new SampleRateConverter(Math.max(1, config.features().sampleRate()));
    }

    @Override
    public NDArray ofFile(NDManager manager, Path file) throws IOException {
        return features(manager, AudioFiles.read(file));
    }

    @Override
    public NDArray ofContent(NDManager manager, byte[] content) throws IOException {
        return features(manager, AudioFiles.read(content, REQUEST));
    }

    @Override
    public NDArray ofSample(NDManager manager, Audio sample) {
        int rate = Math.round(sample.getSampleRate());
        int channels = sample.getChannels();
        if (rate < 1 || channels < 1 || sample.getData().length % channels != 0) {
            throw new IllegalArgumentException(
                    ("audio of %d values at %d Hz in %d channels: give it a rate, and channels that"
                                    + " are of one length")
                            .formatted(sample.getData().length, rate, channels));
        }
        return features(manager, new Waveform(mean(sample.getData(), channels), rate));
    }

    private static float[] mean(float[] values, int channels) {
        float[] mean = new float[values.length / channels];
        for (int i = 0; i < mean.length; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += values[i * channels + c];
            }
            mean[i] = sum / channels;
        }
        return mean;
    }

    private NDArray features(NDManager manager, Waveform sound) {
        FeatureMatrix features = extractor.extract(converter.convert(sound));
        return manager.create(
                features.values(), new Shape(features.frames(), features.dimensions()));
    }
}
