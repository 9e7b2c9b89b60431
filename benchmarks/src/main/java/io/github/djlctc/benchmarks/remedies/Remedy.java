package io.github.djlctc.benchmarks.remedies;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.InfeasiblePolicy;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A way to train: the defaults, or one change of them. */
enum Remedy {
    DEFAULTS("defaults"),

    FORCE_LABELS("blank's logit lowered by 10 in 10 % of the frames") {
        @Override
        NDArray change(NDArray logits, SplittableRandom random) {
            Shape shape = logits.getShape();
            float[] change = new float[(int) shape.size()];
            int classes = (int) shape.get(2);
            for (int i = 0; i < change.length; i += classes) {
                change[i + BLANK] = random.nextInt(10) == 0 ? -10 : 0;
            }
            return logits.add(logits.getManager().create(change, shape));
        }
    },
    FLOOR_AT_MINUS_10("log probabilities of at least -10") {
        @Override
        NDArray change(NDArray logits, SplittableRandom random) {
            return logits.logSoftmax(2).maximum(-10);
        }
    },

    LONG_TARGETS_ZERO("a tenth of the targets too long, zero_infinity") {
        @Override
        String text(String text, int index) {
            return tooLong(text, index);
        }
    },
    LONG_TARGETS_INFINITE("a tenth of the targets too long, no zero_infinity") {
        @Override
        String text(String text, int index) {
            return tooLong(text, index);
        }

        @Override
        CTCLoss.Builder loss() {
            return CTCLoss.builder().optInfeasible(InfeasiblePolicy.KEEP_INFINITE);
        }
    },

    CLIP_0_5("gradient norm clipped to 0.5") {
        @Override
        float maxNorm() {
            return 0.5f;
        }
    },
    CLIP_1("gradient norm clipped to 1") {
        @Override
        float maxNorm() {
            return 1;
        }
    },
    CLIP_5("gradient norm clipped to 5") {
        @Override
        float maxNorm() {
            return 5;
        }
    },
    NO_CLIP("gradient norm not clipped") {
        @Override
        float maxNorm() {
            return Float.POSITIVE_INFINITY;
        }
    },

    SLOW("3e-4, 1,000 steps of warm-up") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(3e-4f, 1000);
        }
    },
    SLOW_AND_LONG("3e-4, 1,000 steps of warm-up, three times the epochs") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(3e-4f, 1000);
        }

        @Override
        int epochs(int usual) {
            return 3 * usual;
        }
    },
    NO_WARM_UP("no warm-up") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(3e-3f, 0);
        }
    },
    FAST("1e-2") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(1e-2f, LearningRate.USUAL.warmUpSteps());
        }
    },
    FAST_NO_WARM_UP("1e-2, no warm-up") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(1e-2f, 0);
        }
    },
    FAST_NO_WARM_UP_NO_CLIP("1e-2, no warm-up, not clipped") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(1e-2f, 0);
        }

        @Override
        float maxNorm() {
            return Float.POSITIVE_INFINITY;
        }
    },

    FAST_CLIP_1("1e-2, gradient norm clipped to 1") {
        @Override
        LearningRate learningRate() {
            return new LearningRate(1e-2f, LearningRate.USUAL.warmUpSteps());
        }

        @Override
        float maxNorm() {
            return 1;
        }
    },

    SUBSAMPLING_2("subsampling 2") {
        @Override
        ModelSize size() {
            return sizeWithSubsampling(2);
        }
    },
    SUBSAMPLING_4("subsampling 4") {
        @Override
        ModelSize size() {
            return sizeWithSubsampling(4);
        }
    },
    SUBSAMPLING_6("subsampling 6") {
        @Override
        ModelSize size() {
            return sizeWithSubsampling(6);
        }
    },

    RANDOM_BATCHES("batches of random lengths") {
        @Override
        Batching batching() {
            return Batching.RANDOM;
        }
    },
    NO_LENGTHS("batches of random lengths, padding counted as frames") {
        @Override
        Batching batching() {
            return Batching.RANDOM;
        }

        @Override
        NDArray lengths(NDArray features, NDArray lengths) {
            return lengths.zerosLike().add(features.getShape().get(1));
        }
    },
    SILENCE_IS_ZERO("features of quiet frames all zero") {
        @Override
        FeatureMatrix features(FeatureMatrix features) {
            return withoutNoise(features);
        }
    },
    LENGTHS_FROM_ZEROS("features of quiet frames all zero, lengths counted from zeros") {
        @Override
        FeatureMatrix features(FeatureMatrix features) {
            return withoutNoise(features);
        }

        @Override
        NDArray lengths(NDArray features, NDArray lengths) {
            NDArray heard = features.abs().sum(new int[] {2}).gt(0);
            // The model refuses a length of 0.
            return heard.toType(DataType.INT64, false).sum(new int[] {1}).maximum(1);
        }
    },

    LABEL_SMOOTHING("label smoothing 0.05") {
        @Override
        CTCLoss.Builder loss() {
            return CTCLoss.builder().optLabelSmoothing(0.05);
        }
    },
    BLANK_REGULARIZATION("blank regularisation 0.01") {
        @Override
        CTCLoss.Builder loss() {
            return CTCLoss.builder().optBlankRegularization(0.01);
        }
    };

    private static final int BLANK = 0;
    private static final ModelSize SIZE = new ModelSize(64, 96, 1, 3, 0.1f);

    private final String description;

    Remedy(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    ModelSize size() {
        return SIZE;
    }

    int epochs(int usual) {
        return usual;
    }

    LearningRate learningRate() {
        return LearningRate.USUAL;
    }

    float maxNorm() {
        return 3;
    }

    CTCLoss.Builder loss() {
        return CTCLoss.builder();
    }

    Batching batching() {
        return Batching.OF_LIKE_LENGTH;
    }

    /** Returns what becomes of the features of an utterance. */
    FeatureMatrix features(FeatureMatrix features) {
        return features;
    }

    /** Returns what a training utterance is said to say. */
    String text(String text, int index) {
        return text;
    }

    /** Returns the lengths (N) that the model is told. */
    NDArray lengths(NDArray features, NDArray lengths) {
        return lengths;
    }

    /** Returns what the loss gets instead of the logits (N,T,C). */
    NDArray change(NDArray logits, SplittableRandom random) {
        return logits;
    }

    private static ModelSize sizeWithSubsampling(int subsampling) {
        return new ModelSize(
                SIZE.channels(), SIZE.stateSize(), SIZE.layers(), subsampling, SIZE.dropout());
    }

    private static String tooLong(String text, int index) {
        return index % 10 == 0 ? (text + " ").repeat(8).strip() : text;
    }

    private static FeatureMatrix withoutNoise(FeatureMatrix features) {
        int dimensions = features.dimensions();
        float[] values = features.values().clone();
        for (int frame = 0; frame < features.frames(); frame++) {
            int start = frame * dimensions;
            double sum = 0;
            for (int i = start; i < start + dimensions; i++) {
                sum += values[i];
            }
            if (sum < -0.7 * dimensions) {
                Arrays.fill(values, start, start + dimensions, 0);
            }
        }
        return new FeatureMatrix(values, dimensions);
    }
}
