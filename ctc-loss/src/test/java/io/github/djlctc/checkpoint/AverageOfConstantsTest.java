package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

import io.github.djlctc.host.HostArrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What does not change is its own average, to the last bit, whatever its magnitude. */
class AverageOfConstantsTest {

    @Property(tries = 100, seed = "61")
    void isConstant(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double decay,
            @ForAll @IntRange(min = 1, max = 60) int updates) {
        Random random = new Random(seed);
        try (NDManager manager = NDManager.newBaseManager()) {
            Block block = Linear.builder().setUnits(5).build();
            block.initialize(manager, DataType.FLOAT32, new Shape(2, 7));
            NDArray weight = block.getParameters().valueAt(0).getArray();
            float[] values = new float[35];
            for (int i = 0; i < values.length; i++) {
                float magnitude = Math.scalb(1f, random.nextInt(250) - 149);
                values[i] = (float) random.nextGaussian() * magnitude;
            }
            try (NDArray drawn = manager.create(values, weight.getShape())) {
                ParameterAverage.exchange(weight, drawn);
            }
            ByteBuffer bits = HostArrays.readBytes(weight);
            try (ParameterAverage average = ParameterAverage.of(block, decay)) {
                for (int i = 0; i < updates; i++) {
                    average.update();
                }
                assertThat(HostArrays.readBytes(weight)).isEqualTo(bits);
                try (ParameterAverage.Averaged averaged = average.use()) {
                    assertThat(averaged.block()).isSameAs(block);
                    assertThat(HostArrays.readBytes(weight)).isEqualTo(bits);
                }
            }
        }
    }
}
