package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.djlctc.nn.PackedLSTM.Direction;
import io.github.djlctc.testing.HostileArrays;
import io.github.djlctc.testing.HostileCall;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Random;
import java.util.function.Consumer;

/** Loads the parameters of layers into others, and runs them. */
public final class HostileParameterFile implements HostileCall {

    private record Settings(int stateSize, int layers, Direction direction) {

        PackedLSTM build() {
            return PackedLSTM.builder()
                    .setStateSize(stateSize)
                    .optLayers(layers)
                    .optDirection(direction)
                    .build();
        }
    }

    @Override
    public void run(Random random, NDManager manager, Consumer<Outcome> demanded) throws Exception {
        HostileArrays arrays = new HostileArrays(random, manager);
        Settings saved = settings(random);
        Settings wanted = random.nextBoolean() ? saved : settings(random);
        Shape shape = new Shape(2, 3, 1 + random.nextInt(6));
        Shape other = new Shape(2, 3, 1 + random.nextInt(6));
        DataType type = arrays.realType();
        PackedLSTM source = saved.build();
        source.initialize(manager, type, shape);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        source.saveParameters(new DataOutputStream(file));

        PackedLSTM target = wanted.build();
        boolean initialised = random.nextBoolean();
        if (initialised) {
            target.initialize(manager, type, other);
        }
        boolean fits = saved.equals(wanted) && (!initialised || shape.equals(other));
        boolean inputFits = initialised || random.nextBoolean() || shape.equals(other);
        Shape input = inputFits ? shape : other;
        demanded.accept(fits && inputFits ? Outcome.RESULT : Outcome.REFUSAL);
        target.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(file.toByteArray())));
        NDArray frames = arrays.array(input, type);
        target.forward(new ParameterStore(manager, false), new NDList(frames), false);
    }

    private static Settings settings(Random random) {
        int stateSize = random.nextInt(20) == 0 ? 500 : 1 + random.nextInt(4);
        return new Settings(
                stateSize,
                1 + random.nextInt(2),
                random.nextBoolean() ? Direction.FORWARD : Direction.BIDIRECTIONAL);
    }
}
