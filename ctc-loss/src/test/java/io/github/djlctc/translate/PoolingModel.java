package io.github.djlctc.translate;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.pooling.Pool;

import io.github.djlctc.translate.OnnxFile.Attribute;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A model with a known output, on two engines: the maximum of each two frames, the last one maybe
 * alone.
 */
public enum PoolingModel {
    PYTORCH {
        @Override
        public Model load() {
            Model model = Model.newInstance("pooling", "PyTorch");
            model.setBlock(new LambdaBlock(PoolingModel::pool, "pooling"));
            return model;
        }
    },
    ONNX {
        @Override
        public Model load() throws IOException, MalformedModelException {
            Model model = Model.newInstance("pooling", "OnnxRuntime");
            model.load(new ByteArrayInputStream(onnx()), Map.of());
            return model;
        }
    };

    /** Returns the file of the model for ONNX Runtime. */
    public static byte[] onnx() {
        List<Attribute> turn = List.of(Attribute.list("perm", 0, 2, 1));
        return new OnnxFile()
                .input("frames", OnnxFile.FLOAT, "N", "T", "C")
                .node("Transpose", "frames", "turned", turn)
                .node(
                        "MaxPool",
                        "turned",
                        "pooled",
                        List.of(
                                Attribute.list("kernel_shape", 2),
                                Attribute.list("strides", 2),
                                Attribute.of("ceil_mode", 1)))
                .node("Transpose", "pooled", "emissions", turn)
                .output("emissions", OnnxFile.FLOAT, "N", "U", "C")
                .toBytes();
    }

    private static NDList pool(NDList input) {
        NDArray turned = input.head().swapAxes(1, 2);
        NDArray pooled = Pool.maxPool1d(turned, new Shape(2), new Shape(2), new Shape(0), true);
        return new NDList(pooled.swapAxes(1, 2));
    }

    public abstract Model load() throws IOException, MalformedModelException;
}
