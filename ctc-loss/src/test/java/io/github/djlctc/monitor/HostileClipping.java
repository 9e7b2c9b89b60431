package io.github.djlctc.monitor;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.HostileArrays;
import io.github.djlctc.testing.HostileCall;

import java.util.Random;
import java.util.function.Consumer;

/** Clips gradients of any shape, some of which have no elements or are no real numbers. */
public final class HostileClipping implements HostileCall {

    @Override
    public void run(Random random, NDManager manager, Consumer<Outcome> demanded) {
        HostileArrays arrays = new HostileArrays(random, manager);
        NDList gradients = new NDList();
        boolean fits = true;
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            Shape shape = new Shape(1 + random.nextInt(4), 1 + random.nextInt(4));
            DataType type = arrays.onceIn(5) ? arrays.type() : arrays.realType();
            fits &= type.isFloating();
            gradients.add(arrays.array(arrays.onceIn(3) ? arrays.otherThan(shape) : shape, type));
        }
        demanded.accept(fits ? Outcome.RESULT : Outcome.REFUSAL);
        float limit = random.nextBoolean() ? Float.POSITIVE_INFINITY : random.nextFloat();
        GradientNormClipper.clip(
                manager, gradients, limit + Float.MIN_NORMAL, random.nextBoolean());
    }
}
