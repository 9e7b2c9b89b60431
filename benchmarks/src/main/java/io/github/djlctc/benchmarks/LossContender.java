package io.github.djlctc.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.loss.CTCAlgorithm;
import io.github.djlctc.loss.CTCLoss;

import java.util.Arrays;
import java.util.Locale;

/** A way to compute the loss that is timed against others. */
interface LossContender {

    /** The name of PyTorch's own operators, called without anything around them. */
    String TORCH = "torch";

    /**
     * Computes the loss of a batch.
     *
     * @param logits the logits in {@link #layout()}
     * @param targets the targets (N, S), without padding
     * @return the mean loss
     */
    NDArray evaluate(NDArray logits, NDArray targets);

    /** The layout that suits the contender best. */
    EmissionLayout layout();

    /** Finds a contender by name: {@link #TORCH} or an algorithm of {@link CTCLoss}. */
    static LossContender of(String name) {
        if (name.equals(TORCH)) {
            return new Torch();
        }
        return new Library(CTCAlgorithm.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** PyTorch's own. */
    final class Torch implements LossContender {

        private final TorchScriptProgram program =
                TorchScriptProgram.ofResource(LossContender.class, "plain_ctc_loss.py");
        private NDList lengths;

        @Override
        public NDArray evaluate(NDArray logits, NDArray targets) {
            if (lengths == null) {
                lengths = lengths(logits, targets);
            }
            return program.run(new NDList(logits, targets, lengths.get(0), lengths.get(1)))
                    .singletonOrThrow();
        }

        private static NDList lengths(NDArray logits, NDArray targets) {
            long[] frames = new long[(int) targets.getShape().get(0)];
            Arrays.fill(frames, logits.getShape().get(0));
            long[] labels = new long[frames.length];
            Arrays.fill(labels, targets.getShape().get(1));
            return new NDList(
                    targets.getManager().create(frames).toDevice(Device.cpu(), false),
                    targets.getManager().create(labels).toDevice(Device.cpu(), false));
        }

        @Override
        public EmissionLayout layout() {
            return EmissionLayout.TIME_MAJOR;
        }
    }

    /** The library's. */
    final class Library implements LossContender {

        private final CTCLoss loss;

        Library(CTCAlgorithm algorithm) {
            loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        }

        @Override
        public NDArray evaluate(NDArray logits, NDArray targets) {
            return loss.evaluate(new NDList(targets), new NDList(logits));
        }

        @Override
        public EmissionLayout layout() {
            return EmissionLayout.BATCH_MAJOR;
        }
    }
}
