package io.github.djlctc.monitor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.loss.CTCLoss;

/** Statistics of a model's output, which the device computes while the host goes on. */
final class EmissionStatistics implements AutoCloseable {

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(EmissionStatistics.class, "emission_statistics.py");

    private final NDManager host;
    private final NDArray results;

    private EmissionStatistics(NDManager host, NDArray results) {
        this.host = host;
        this.results = results;
    }

    /**
     * Starts the computation.
     *
     * @throws io.github.djlctc.engine.TensorMismatchException if the logits are not those of the
     *     batch
     */
    static EmissionStatistics start(CTCLoss loss, CTCBatch batch, NDArray logits) {
        long[] lengths = new long[batch.size()];
        for (int n = 0; n < lengths.length; n++) {
            lengths[n] = batch.inputLength(n);
        }
        boolean timeMajor = loss.layout() == EmissionLayout.TIME_MAJOR;
        int first = timeMajor ? batch.frames() : batch.size();
        int second = timeMajor ? batch.size() : batch.frames();
        TensorCheck.of("the array of logits", logits)
                .isFloating()
                .hasShape(new Shape(first, second, batch.classes()), "the batch of the loss");
        long[] settings = {loss.blank(), timeMajor ? 1 : 0};
        NDManager host = logits.getManager().newSubManager(Device.cpu());
        try {
            NDList arguments = new NDList(logits, host.create(lengths), host.create(settings));
            NDArray results = PROGRAM.infer(arguments).head();
            results.attach(host);
            return new EmissionStatistics(host, results);
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** Waits for the device, and returns the result of {@code emission_statistics.py}. */
    float[] read() {
        return HostArrays.readFloats(results);
    }

    @Override
    public void close() {
        host.close();
    }
}
