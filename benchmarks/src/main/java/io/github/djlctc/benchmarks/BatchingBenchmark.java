package io.github.djlctc.benchmarks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.LogMelFilterbank;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The preparation of batches: log-mel features of sound, and padding. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
public class BatchingBenchmark {

    private static final int SAMPLE_RATE = 16_000;
    private static final int SECONDS = 10;
    private static final int MELS = 80;
    private static final int SAMPLES = 16;

    private final LogMelFilterbank filterbank = new LogMelFilterbank(SAMPLE_RATE, MELS);
    private final VariableLengthBatchifier batchifier = VariableLengthBatchifier.forFeatures();
    private NDManager manager;
    private Waveform waveform;
    private NDList[] utterances;

    /** Makes ten seconds of noise, and the features of 16 utterances of 3 to 10 s. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        manager = NDManager.newBaseManager();
        float[] noise = new float[SAMPLE_RATE * SECONDS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian() * 0.1f;
        }
        waveform = new Waveform(noise, SAMPLE_RATE);
        utterances = new NDList[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            Shape shape = new Shape(300 + random.nextInt(700), MELS);
            utterances[n] = new NDList(manager.randomNormal(0, 1, shape, DataType.FLOAT32));
        }
    }

    /**
     * Turns the noise into features.
     *
     * @return the features, 1,000 frames of 80
     */
    @Benchmark
    public FeatureMatrix features() {
        return filterbank.extract(waveform);
    }

    /**
     * Pads the utterances to one array and their lengths.
     *
     * @return the number of elements
     */
    @Benchmark
    public long batch() {
        try (NDList batch = batchifier.batchify(utterances)) {
            return batch.head().size();
        }
    }

    /** Closes all arrays. */
    @TearDown
    public void close() {
        manager.close();
    }
}
