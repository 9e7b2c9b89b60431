package io.github.djlctc.examples.common.train;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.lm.Lexicon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EvaluatorTest {

    private static final int CLASSES = new TinyModel().alphabet().size();

    private static final FeatureSource FRAMES =
            new FeatureSource() {
                @Override
                public float[] plain() {
                    return new float[20];
                }

                @Override
                public float[] varied(RandomGenerator random) {
                    return plain();
                }
            };

    private static void evaluate(Supplier<Throwable> failure) throws Exception {
        List<PreparedSample> samples =
                List.of(new PreparedSample("an hour", "AB", new long[] {2, 3}, 20, 4, FRAMES));
        try (Model model = Model.newInstance("tiny");
                BatchLoader loader = new BatchLoader(1)) {
            model.setBlock(
                    new LambdaBlock(
                            inputs -> {
                                if (failure.get() instanceof Error e) {
                                    throw e;
                                }
                                throw (RuntimeException) failure.get();
                            }));
            new Evaluator(new TinyModel(model), loader).evaluate(samples);
        }
    }

    @Test
    void countsTheTextsThatALexiconLeftEmpty() throws Exception {
        List<PreparedSample> samples =
                List.of(new PreparedSample("AB", "AB", new long[] {2, 3}, 20, 4, FRAMES));
        List<Decoding> decodings =
                List.of(Decoding.greedy(new TinyModel().decoder()), with("AB"), with("ABCD"));
        List<Evaluation> evaluations;
        try (Model model = Model.newInstance("tiny");
                BatchLoader loader = new BatchLoader(1)) {
            model.setBlock(new LambdaBlock(EvaluatorTest::sayAB));
            evaluations = new Evaluator(new TinyModel(model), loader).evaluate(samples, decodings);
        }

        assertThat(evaluations)
                .extracting(one -> one.transcripts().get(0).hypothesis())
                .containsExactly("AB", "AB", "");
        assertThat(evaluations).extracting(Evaluation::withoutText).containsExactly(0, 0, 1);
    }

    private static Decoding with(String word) {
        return new Decoding(
                word,
                BeamSearchDecoder.builder()
                        .setAlphabet(new TinyModel().alphabet())
                        .optLexicon(Lexicon.of(List.of(word)))
                        .build());
    }

    /** Is sure of A in the first five of ten frames, and of B in the others. */
    private static NDList sayAB(NDList inputs) {
        float[] logits = new float[10 * CLASSES];
        for (int frame = 0; frame < 10; frame++) {
            logits[frame * CLASSES + (frame < 5 ? 2 : 3)] = 60;
        }
        NDManager manager = inputs.getManager();
        return new NDList(
                manager.create(logits, new Shape(1, 10, CLASSES)), manager.create(new long[] {10}));
    }

    /** As of the host, and of a GPU. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.",
                "CUDA out of memory. Tried to allocate 1.79 GiB."
            })
    void namesTheSampleThatTheMemoryOfADeviceIsTooSmallFor(String message) {
        assertThatThrownBy(() -> evaluate(() -> new EngineException(message)))
                .isInstanceOf(BatchMemoryException.class)
                .hasMessage(
                        "out of memory for a batch of 1, of which an hour is the longest, with 20"
                                + " frames and 2 labels (%s)",
                        message);
    }

    @Test
    void namesTheSampleThatJavasMemoryIsTooSmallFor() {
        assertThatThrownBy(() -> evaluate(() -> new OutOfMemoryError("Java heap space")))
                .isInstanceOf(BatchMemoryException.class)
                .hasMessageContaining("an hour")
                .hasMessageEndingWith("(Java heap space)");
    }

    @Test
    void otherFailuresAreNotHidden() {
        EngineException failure = new EngineException("a shape does not fit");
        assertThatThrownBy(() -> evaluate(() -> failure)).isSameAs(failure);
    }
}
