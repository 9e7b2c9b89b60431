package io.github.djlctc.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

import io.github.djlctc.engine.TorchScriptProgram;

/**
 * Scales the gradients down where their global L2 norm exceeds a limit, between back-propagation
 * and the optimizer's step.
 *
 * <p>With g all gradients of the model taken as one vector: \( g \leftarrow g \cdot \min(1, limit /
 * \lVert g \rVert_2) \) (Pascanu et al. 2013, "On the difficulty of training recurrent neural
 * networks", algorithm 1; {@code torch.nn.utils.clip_grad_norm_}). DJL's own {@code optClipGrad}
 * limits single values, and only from above.
 *
 * <p>Add it to the training configuration with {@code addTrainingListeners}. A norm that is NaN or
 * infinite leaves the gradients as they are. The trainer must use one device.
 */
public final class GradientNormClipper extends TrainingListenerAdapter {

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(GradientNormClipper.class, "clip_gradient_norm.py");

    private final float maxNorm;
    private float norm = Float.NaN;

    /**
     * Creates a clipper.
     *
     * @param maxNorm the limit, above 0
     * @throws IllegalArgumentException if the limit is not above 0
     */
    public GradientNormClipper(float maxNorm) {
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException("the limit is " + maxNorm + ", but must be above 0");
        }
        this.maxNorm = maxNorm;
    }

    /**
     * Checks that the trainer uses one device.
     *
     * @param trainer the trainer
     * @throws IllegalStateException if it uses several: their gradients are summed only within the
     *     step, out of a listener's reach
     */
    @Override
    public void onTrainingBegin(Trainer trainer) {
        if (trainer.getDevices().length > 1) {
            throw new IllegalStateException(
                    "the trainer uses "
                            + trainer.getDevices().length
                            + " devices, but gradients can be clipped on one only");
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        NDManager manager = trainer.getManager();
        try (NDManager step = manager.newSubManager()) {
            NDList gradients =
                    new NDList(Gradients.of(trainer.getModel().getBlock(), step).values());
            if (!gradients.isEmpty()) {
                norm = PROGRAM.infer(new NDList(step.create(maxNorm)), gradients).head().getFloat();
            }
        }
    }

    /**
     * Returns the norm of the gradients of the latest batch, before clipping.
     *
     * @return the norm; NaN before the first batch
     */
    public float getNorm() {
        return norm;
    }

    /**
     * Returns the limit.
     *
     * @return the limit, above 0
     */
    public float getMaxNorm() {
        return maxNorm;
    }
}
