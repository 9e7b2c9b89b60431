package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.CTCInputException.Problem;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.loss.CTCPrograms.Output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How far the posteriors of two views of every utterance are apart, and its gradient. */
final class ViewDivergence {

    static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(
                    ViewDivergence.class, "ctc_consistency.py", "ctc_common.py");

    private ViewDivergence() {}

    /** Throws a {@link CTCInputException} unless a batch is of two views of every utterance. */
    static void check(CTCBatch batch) {
        if (batch.size() % 2 != 0) {
            throw new CTCInputException(
                    "the batch has "
                            + batch.size()
                            + " samples, but must have two views of every utterance: first the"
                            + " first views of all utterances, then the second ones");
        }
        List<Problem> problems = new ArrayList<>();
        int utterances = batch.size() / 2;
        for (int n = 0; n < utterances; n++) {
            Optional<String> difference = difference(batch, n, utterances + n);
            if (difference.isPresent()) {
                problems.add(new Problem(utterances + n, difference.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new CTCInputException(problems);
        }
    }

    private static Optional<String> difference(CTCBatch batch, int first, int second) {
        int frames = batch.inputLength(second);
        int expected = batch.inputLength(first);
        if (frames != expected) {
            return Optional.of(
                    frames
                            + " frames, but the other view of its utterance, sample "
                            + first
                            + ", has "
                            + expected
                            + "; what changes the length must be drawn once for both views");
        }
        if (!Arrays.equals(batch.target(first), batch.target(second))) {
            return Optional.of(
                    "its target is "
                            + Arrays.toString(batch.target(second))
                            + ", but that of the other view of its utterance, sample "
                            + first
                            + ", is "
                            + Arrays.toString(batch.target(first))
                            + "; the second views must come in the order of the first");
        }
        return Optional.empty();
    }

    /**
     * Computes the consistency of a batch that is checked.
     *
     * @param losses the result of the CTC loss
     * @return the weighted consistency; for metrics the same without the weight, and the losses of
     *     the samples before infinite ones were dropped
     */
    static LossAlgorithm.Evaluation of(
            NDArray logits,
            CTCBatch batch,
            LossSettings settings,
            HostValues losses,
            double weight) {
        long[] own = {Double.doubleToRawLongBits(weight)};
        long[] numbers =
                CTCPrograms.numbers(batch, settings, Output.REDUCED, PyTorch.isRecording(), own);
        try (NDManager scratch = logits.getManager().newSubManager(logits.getDevice());
                NDManager host = scratch.newSubManager(Device.cpu())) {
            NDList arguments = new NDList(logits, losses.on(scratch), host.create(numbers));
            return LossAlgorithm.Evaluation.of(PROGRAM.run(arguments), Output.REDUCED);
        }
    }
}
