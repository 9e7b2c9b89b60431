package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.util.Pair;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;

import java.util.List;
import java.util.Objects;

/**
 * The CTC loss of two views of every utterance, and how much the model contradicts itself between
 * them: CR-CTC (Z. Yao et al., "CR-CTC: Consistency regularization on CTC for improved speech
 * recognition", ICLR 2025, arXiv 2410.05101, section 3).
 *
 * <p>The views a and b are the utterance with different augmentations, such as masks of SpecAugment
 * that are drawn for each. With \( y^{a,t} \) and \( y^{b,t} \), the softmax of the logits of frame
 * t of either view, T valid frames and sg, which makes a constant of what it is given, an utterance
 * of target z costs
 *
 * <p>\( \frac{1}{2} (L(x^a, z) + L(x^b, z)) + \alpha C \), \( C = \frac{1}{2} \sum_{t=1}^{T}
 * D_{KL}(sg(y^{b,t}) || y^{a,t}) + D_{KL}(sg(y^{a,t}) || y^{b,t}) \),
 *
 * <p>where L is the CTC loss. Each view is drawn towards the other as it is: the gradient of C with
 * respect to the logits is \( \frac{1}{2} (y^{a,t} - y^{b,t}) \) for the first view, and the
 * negative of that for the second.
 *
 * <p>Labels and predictions are those of {@link CTCLoss} with 2N samples, in the order of the
 * dimensions of that loss: samples n and N + n are the views of utterance n, with the same target
 * and the same number of frames. So what changes the length of an utterance must be shared by its
 * views.
 *
 * <p>The loss of a batch is that of the {@code CTCLoss} for all 2N samples plus alpha times the sum
 * of C over the utterances, each weighted by the sum of the weights that the {@link Reduction}
 * gives its two views. Thus the share of an utterance is its cost above times that sum, whatever
 * the reduction, and alpha means what it means in the paper, whose value is 0.2. With {@link
 * Reduction#MEAN} it is the mean over utterances of the cost divided by the target length; with
 * {@link Reduction#SUM}, twice the sum of the costs. Label smoothing and the weight of the blank
 * belong to L.
 *
 * <p>Frames beyond the length have no influence and gradient 0, whatever they hold. An utterance of
 * which {@link InfeasiblePolicy#ZERO} drops a view has no C. A class of probability 0 in both views
 * adds nothing; in one of them alone, it makes C infinite while the gradient stays finite. NaN
 * within the length makes C NaN, and the gradient of that frame in both views.
 *
 * <p>The metrics of the loss, as of its validation, are those of the {@code CTCLoss} alone, so that
 * they can be compared with training without consistency, and validation needs no views. Those of C
 * are {@link #consistency()}. {@code CTCMonitor} watches the {@code CTCLoss}.
 *
 * <p>The loss takes one array of the size of the logits until back-propagation, and half of one
 * more while it is computed; nothing is read from a device. One instance may serve several devices
 * and threads, as the {@code CTCLoss} may.
 */
public final class ConsistencyLoss extends AbstractCompositeLoss {

    private final CTCLoss ctc;
    private final double weight;
    private final ConsistencyFigures figures;

    /**
     * Creates the loss.
     *
     * @param ctc the loss of every view
     * @param weight alpha, 0 or more
     * @throws IllegalArgumentException if the weight is out of range
     */
    public ConsistencyLoss(CTCLoss ctc, double weight) {
        super(Objects.requireNonNull(ctc, "ctc").getName());
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "the weight of the consistency must be 0 or more, but is " + weight);
        }
        this.ctc = ctc;
        this.weight = weight;
        components = List.of(ctc);
        figures = new ConsistencyFigures(ctc.settings());
        ctc.alsoLeaveOut(figures::leaveOut);
    }

    /** {@inheritDoc} */
    @Override
    protected Pair<NDList, NDList> inputForComponent(
            int componentIndex, NDList labels, NDList predictions) {
        return new Pair<>(labels, predictions);
    }

    /**
     * Computes the loss of a batch.
     *
     * @param labels {@code [targets]} or {@code [targets, targetLengths]} of 2N samples
     * @param predictions {@code [logits]} or {@code [logits, inputLengths]} of 2N samples
     * @return a scalar of the type of the logits (float32 for float16), attached to their manager
     * @throws CTCInputException if {@link CTCLoss} cannot use the batch, the number of samples is
     *     odd, or two views have different targets or lengths
     * @throws LossMemoryException if memory runs out
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        CTCLoss.Result result = ctc.compute(labels, predictions, ViewDivergence::check);
        LossAlgorithm.Evaluation share;
        try {
            share = divergence(predictions, result.batch());
        } catch (RuntimeException | Error e) {
            result.loss().close();
            result.batch().close();
            throw e;
        }
        ctc.keep(result.batch());
        figures.keep(
                new EvaluatedBatch(labels, predictions, result.batch().batch(), share.values()));
        try (NDArray alone = result.loss();
                NDArray consistency = share.loss()) {
            return alone.add(consistency);
        }
    }

    private LossAlgorithm.Evaluation divergence(NDList predictions, EvaluatedBatch evaluated) {
        CTCBatch batch = evaluated.batch();
        return LossMemoryException.guard(
                batch,
                () ->
                        ViewDivergence.of(
                                predictions.head(),
                                batch,
                                ctc.settings(),
                                evaluated.values(),
                                weight));
    }

    /**
     * Returns the metrics of C, without alpha: the mean over utterances, divided by the target
     * length as the loss is, for {@link Reduction#MEAN}, without those that are dropped; the mean
     * over batches for {@link Reduction#SUM}.
     *
     * <p>Added to a training configuration ({@code addEvaluator}), it appears among DJL's metrics
     * as "Consistency". It takes the batches that the loss has just evaluated, and no notice of
     * others: a validation, whose samples are no views, has no consistency, and its mean is NaN.
     *
     * @return the metrics, the same object at every call
     */
    public Evaluator consistency() {
        return figures;
    }
}
