package io.github.djlctc.batch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** On ONNX Runtime, whose arrays have no operators, batches are those of PyTorch. */
class HostStackTest {

    private static final DataType[] TYPES = {
        DataType.FLOAT32, DataType.FLOAT64, DataType.INT32, DataType.INT64, DataType.INT8
    };

    @Property(tries = 200, seed = "5")
    void batchesAreThoseOfPyTorch(
            @ForAll @IntRange(min = 1, max = 4) int samples,
            @ForAll @IntRange(min = 1, max = 3) int dimensions,
            @ForAll @IntRange(max = 4) int type,
            @ForAll @IntRange(min = -3, max = 3) int padding,
            @ForAll int seed) {
        VariableLengthBatchifier.Builder builder =
                VariableLengthBatchifier.builder().optMultipleOf(2);
        for (int d = 0; d < dimensions; d++) {
            builder.addPad(0, d, padding);
        }
        VariableLengthBatchifier batchifier = builder.build();
        NDList expected = batch("PyTorch", batchifier, samples, dimensions, TYPES[type], seed);
        NDList actual = batch("OnnxRuntime", batchifier, samples, dimensions, TYPES[type], seed);
        try {
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.get(i).getShape()).isEqualTo(expected.get(i).getShape());
                assertThat(actual.get(i).getDataType()).isEqualTo(expected.get(i).getDataType());
                assertThat(HostArrays.readDoubles(actual.get(i)))
                        .isEqualTo(HostArrays.readDoubles(expected.get(i)));
            }
        } finally {
            expected.head().getManager().close();
            actual.head().getManager().close();
        }
    }

    private static NDList batch(
            String engine,
            VariableLengthBatchifier batchifier,
            int samples,
            int dimensions,
            DataType type,
            int seed) {
        Random random = new Random(seed);
        NDManager manager = Engine.getEngine(engine).newBaseManager();
        NDList[] inputs = new NDList[samples];
        for (int i = 0; i < samples; i++) {
            inputs[i] = new NDList(array(manager, random, dimensions, type));
        }
        return batchifier.batchify(inputs);
    }

    private static NDArray array(NDManager manager, Random random, int dimensions, DataType type) {
        long[] shape = random.longs(dimensions, 1, 5).toArray();
        Shape sizes = new Shape(shape);
        int bytes = (int) sizes.size() * type.getNumOfBytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < sizes.size(); i++) {
            int value = random.nextInt(100) - 50;
            switch (type) {
                case FLOAT32 -> buffer.putFloat(value / 4f);
                case FLOAT64 -> buffer.putDouble(value / 4d);
                case INT32 -> buffer.putInt(value);
                case INT64 -> buffer.putLong(value);
                default -> buffer.put((byte) value);
            }
        }
        return manager.create(buffer.rewind(), sizes, type);
    }

    @Test
    void halfPrecisionIsPaddedWithZeroOnly() {
        HostStack zeros = new HostStack(new Shape(1, 2), DataType.FLOAT16, 0);
        zeros.put(0, new Shape(1), ByteBuffer.wrap(new byte[] {1, 2}));
        byte[] bytes = new byte[4];
        zeros.elements().get(bytes);
        assertThat(bytes).containsExactly(1, 2, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostStack(new Shape(1, 2), DataType.FLOAT16, 1))
                .withMessageContaining("pad with 0, or convert them to float32");
    }
}
