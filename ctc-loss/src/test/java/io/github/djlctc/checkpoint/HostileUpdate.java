package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.HostileArrays;
import io.github.djlctc.testing.HostileCall;

import java.util.Random;
import java.util.function.Consumer;

/** Updates a parameter whose gradient or moments may be of another form. */
public final class HostileUpdate implements HostileCall {

    @Override
    public void run(Random random, NDManager manager, Consumer<Outcome> demanded) {
        HostileArrays arrays = new HostileArrays(random, manager);
        Shape shape = new Shape(1 + random.nextInt(4), 1 + random.nextInt(4));
        DataType type = arrays.realType();
        boolean otherGradient = arrays.onceIn(3);
        boolean otherType = arrays.onceIn(6);
        boolean otherWeight = arrays.onceIn(3);
        DataType gradientType = otherType ? arrays.type() : type;
        demanded.accept(
                otherGradient || !gradientType.isFloating() || otherWeight
                        ? Outcome.REFUSAL
                        : Outcome.RESULT);
        try (ResumableAdamW optimizer = ResumableAdamW.builder().build()) {
            optimizer.update(
                    "w",
                    arrays.array(shape, type),
                    arrays.array(otherGradient ? arrays.otherThan(shape) : shape, gradientType));
            Shape next = otherWeight ? arrays.otherThan(shape) : shape;
            optimizer.update("w", arrays.array(next, type), arrays.array(next, type));
        }
    }
}
