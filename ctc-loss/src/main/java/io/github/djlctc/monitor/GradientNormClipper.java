package io.github.djlctc.monitor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.nn.Gradients;

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
    private NDArray unread;

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
        try (Gradients gradients = Gradients.of(trainer.getModel().getBlock())) {
            if (!gradients.isEmpty()) {
                NDList arrays = gradients.arrays();
                boolean onHost = Device.Type.CPU.equals(arrays.head().getDevice().getDeviceType());
                closeUnread();
                unread = clip(trainer.getManager(), arrays, maxNorm, onHost);
            }
        }
    }

    /**
     * Clips gradients.
     *
     * @param owner the manager that gets the norm
     * @param onHost whether the gradients are on the CPU, so that reading the norm does not wait
     * @return the norm before clipping
     * @throws io.github.djlctc.engine.TensorMismatchException if a gradient is not of a floating
     *     type, or on another device than the first
     */
    static NDArray clip(NDManager owner, NDList gradients, float maxNorm, boolean onHost) {
        for (NDArray gradient : gradients) {
            TensorCheck.of("a gradient", gradient).isFloating().isOn(gradients.head().getDevice());
        }
        double[] settings = {maxNorm, onHost ? 1 : 0};
        try (NDManager host = owner.newSubManager(Device.cpu())) {
            NDArray norm = PROGRAM.infer(new NDList(host.create(settings)), gradients).head();
            norm.attach(owner);
            return norm;
        }
    }

    /**
     * Reads the norm of the latest batch before its array is released.
     *
     * @param trainer the trainer
     */
    @Override
    public void onTrainingEnd(Trainer trainer) {
        norm();
    }

    /**
     * Returns the norm of the gradients of the latest batch, before clipping. The first call after
     * a batch waits until the device has computed it.
     *
     * @return the norm; NaN before the first batch
     */
    public float norm() {
        if (unread != null) {
            norm = (float) HostArrays.readScalar(unread);
            closeUnread();
        }
        return norm;
    }

    private void closeUnread() {
        if (unread != null) {
            unread.close();
            unread = null;
        }
    }

    /**
     * Returns the limit.
     *
     * @return the limit, above 0
     */
    public float maxNorm() {
        return maxNorm;
    }
}
