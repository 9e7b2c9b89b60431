package io.github.djlctc.checkpoint;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.host.Reading;
import io.github.djlctc.nn.Gradients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@link ResumableAdamW#updateAll} against DJL's own AdamW, bit for bit: with one parameter after
 * another, several together as on the CPU, and all at once as on other devices.
 */
class UpdateAllTest {

    private static final int STEPS = 60;
    private static final int ALL = Integer.MAX_VALUE;

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 24, ALL})
    void equalsTheStepOfATrainer(int atOnce) {
        List<ByteBuffer> expected = expected();
        ResumableAdamW ours = ResumableAdamW.builder().build();
        assertThat(run(ours, updatingAll(ours, atOnce))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ALL})
    void equalsItWithEverySettingToo(int atOnce) {
        UnaryOperator<ResumableAdamW.Builder> settings =
                builder ->
                        builder.optLearningRateTracker(halving())
                                .optWeightDecays(0.1f)
                                .optBeta1(0.8f)
                                .optBeta2(0.98f)
                                .optEpsilon(1e-4f)
                                .setRescaleGrad(3.7f)
                                .optClipGrad(0.01f)
                                .optBeginNumUpdate(7);
        ResumableAdamW single = settings.apply(ResumableAdamW.builder()).build();
        ResumableAdamW all = settings.apply(ResumableAdamW.builder()).build();
        assertThat(run(all, updatingAll(all, atOnce))).isEqualTo(run(single, updatingEach(single)));
        assertThat(all.updates()).isEqualTo(7 + STEPS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ALL})
    void bothMayBeMixedAndShareMomentsAndCounts(int atOnce) {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        Consumer<Trainer> all = updatingAll(optimizer, atOnce);
        Consumer<Trainer> mixed =
                trainer -> {
                    if (optimizer.updates() % 3 == 1) {
                        updatingEach(optimizer).accept(trainer);
                    } else {
                        all.accept(trainer);
                    }
                };
        assertThat(run(optimizer, mixed)).isEqualTo(expected());
        assertThat(optimizer.updates()).isEqualTo(STEPS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ALL})
    void goesOnFromACheckpoint(int atOnce) throws CheckpointException {
        List<ByteBuffer> expected = expected();
        ResumableAdamW first = ResumableAdamW.builder().build();
        TrainingCheckpoint checkpoint;
        try (Mixture mixture = new Mixture(first)) {
            mixture.steps(0, 20, updatingAll(first, atOnce));
            checkpoint =
                    TrainingCheckpoint.capture(
                            mixture.model.getBlock(), first, TrainingPosition.START, Map.of());
        }
        ResumableAdamW second = ResumableAdamW.builder().build();
        try (Mixture mixture = new Mixture(second)) {
            mixture.steps(0, 1, updatingAll(second, atOnce));
            checkpoint.restore(mixture.model.getBlock(), second);
            mixture.steps(20, STEPS, updatingAll(second, atOnce));
            assertThat(mixture.parameters()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ALL})
    void eachParameterMayHaveALearningRateOfItsOwn(int atOnce) {
        RatesByPosition rates = new RatesByPosition();
        Optimizer theirs = Optimizer.adamW().optLearningRateTracker(rates).build();
        ResumableAdamW ours = ResumableAdamW.builder().optLearningRateTracker(rates).build();
        assertThat(run(ours, rates.of(updatingAll(ours, atOnce))))
                .isEqualTo(run(theirs, rates.of(updatingEach(theirs))));
    }

    @Test
    void aParameterThatWasFrozenGetsTheLearningRateOfAllOthers() {
        Set<Integer> asked = new HashSet<>();
        ResumableAdamW optimizer =
                ResumableAdamW.builder()
                        .optLearningRateTracker(
                                (id, update) -> {
                                    asked.add(update);
                                    return 0.01f;
                                })
                        .build();
        try (Mixture mixture = new Mixture(optimizer)) {
            mixture.steps(0, 4, updatingAll(optimizer, ALL));
            asked.clear();
            ByteBuffer before = mixture.parameters().get(MixtureBlock.FROZEN);
            mixture.model.getBlock().getParameters().valueAt(MixtureBlock.FROZEN).freeze(false);
            mixture.steps(4, 5, updatingAll(optimizer, ALL));
            assertThat(asked).containsExactly(5);
            assertThat(mixture.parameters().get(MixtureBlock.FROZEN)).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ALL})
    void aSharedParameterIsUpdatedOnce(int atOnce) {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        assertThat(shared(optimizer, updatingAll(optimizer, atOnce)))
                .isEqualTo(shared(Optimizer.adamW().build(), Trainer::step));
        assertThat(optimizer.updates()).isEqualTo(STEPS);
    }

    private static List<ByteBuffer> shared(Optimizer optimizer, Consumer<Trainer> update) {
        Block layer = Linear.builder().setUnits(5).build();
        try (Mixture mixture =
                new Mixture(optimizer, new SequentialBlock().add(layer).add(layer))) {
            mixture.steps(0, STEPS, update);
            return mixture.parameters();
        }
    }

    @Test
    void setsGradientsToZero() {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (Mixture mixture = new Mixture(optimizer)) {
            mixture.steps(0, 1, trainer -> {});
            assertThat(gradients(mixture)).anySatisfy(values -> assertThat(values).isNotZero());
            optimizer.updateAll(mixture.model.getBlock());
            assertThat(gradients(mixture)).containsOnly(0.0);
        }
    }

    private static List<Double> gradients(Mixture mixture) {
        try (Gradients gradients = Gradients.of(mixture.model.getBlock())) {
            return gradients.arrays().stream()
                    .flatMap(array -> Arrays.stream(HostArrays.readDoubles(array)).boxed())
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoArrayBehind(Reading reading) {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (Mixture mixture = new Mixture(optimizer)) {
            Consumer<Trainer> update =
                    trainer -> {
                        optimizer.updateAll(mixture.model.getBlock());
                        TrainingCheckpoint.capture(
                                mixture.model.getBlock(),
                                optimizer,
                                TrainingPosition.START,
                                Map.of());
                    };
            mixture.steps(0, 1, update);
            NDManager ofModel = mixture.model.getNDManager();
            NDManager ofTrainer = mixture.trainer.getManager();
            int arraysOfModel = ofModel.getManagedArrays().size();
            int arraysOfTrainer = ofTrainer.getManagedArrays().size();
            reading.during(() -> mixture.steps(1, 20, update));
            assertThat(ofModel.getManagedArrays()).hasSize(arraysOfModel);
            assertThat(ofTrainer.getManagedArrays()).hasSize(arraysOfTrainer);
        }
    }

    @Test
    void gradientsOfZeroAreNoError() {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (Mixture mixture = new Mixture(optimizer)) {
            optimizer.updateAll(mixture.model.getBlock());
            assertThat(optimizer.updates()).isEqualTo(1);
        }
    }

    @Test
    void refusesAModelOfWhichAllIsFrozen() {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (Mixture mixture = new Mixture(optimizer)) {
            Block block = mixture.model.getBlock();
            block.freezeParameters(true);
            assertThatThrownBy(() -> optimizer.updateAll(block))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no parameter of")
                    .hasMessageContaining("MixtureBlock");
        }
    }

    @Test
    void refusesALearningRateThatIsNotFinite() {
        ResumableAdamW optimizer =
                ResumableAdamW.builder().optLearningRateTracker(Tracker.fixed(Float.NaN)).build();
        try (Mixture mixture = new Mixture(optimizer)) {
            List<ByteBuffer> before = mixture.parameters();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.updateAll(mixture.model.getBlock()))
                    .withMessageContaining("update 1: learning rate NaN");
            assertThat(mixture.parameters()).isEqualTo(before);
            assertThat(optimizer.updates()).isZero();
        }
    }

    private static Tracker halving() {
        return Tracker.factor().setBaseValue(0.02f).setFactor(0.95f).build();
    }

    private static Consumer<Trainer> updatingAll(ResumableAdamW optimizer, int atOnce) {
        return trainer -> optimizer.updateAll(trainer.getModel().getBlock(), device -> atOnce);
    }

    /** Does what {@link Trainer#step()} does, whose check needs parameters of one type. */
    private static Consumer<Trainer> updatingEach(Optimizer optimizer) {
        return trainer -> {
            for (Parameter parameter : trainer.getModel().getBlock().getParameters().values()) {
                if (parameter.requiresGradient()) {
                    NDArray weight = parameter.getArray();
                    try (NDArray gradient = weight.getGradient()) {
                        optimizer.update(parameter.getId(), weight, gradient);
                    }
                }
            }
        };
    }

    private static List<ByteBuffer> expected() {
        Optimizer theirs = Optimizer.adamW().build();
        return run(theirs, updatingEach(theirs));
    }

    private static List<ByteBuffer> run(Optimizer optimizer, Consumer<Trainer> update) {
        try (Mixture mixture = new Mixture(optimizer)) {
            mixture.steps(0, STEPS, update);
            return mixture.parameters();
        }
    }

    /** Learning rates that grow with the position of the parameter in the block. */
    private static final class RatesByPosition implements ParameterTracker {

        private List<String> ids = List.of();

        Consumer<Trainer> of(Consumer<Trainer> update) {
            return trainer -> {
                ids =
                        trainer.getModel().getBlock().getParameters().values().stream()
                                .map(Parameter::getId)
                                .toList();
                update.accept(trainer);
            };
        }

        @Override
        public float getNewValue(String parameterId, int numUpdate) {
            return (1 + ids.indexOf(parameterId) / 2) * 1e-3f / numUpdate;
        }
    }

    /** A model and its trainer; step n is the same for all instances. */
    private static final class Mixture implements AutoCloseable {

        private final Model model = Model.newInstance("mixture", Device.cpu());
        private final Trainer trainer;

        Mixture(Optimizer optimizer) {
            this(optimizer, new MixtureBlock());
        }

        Mixture(Optimizer optimizer, Block block) {
            model.setBlock(block);
            model.getNDManager().getEngine().setRandomSeed(5);
            trainer =
                    model.newTrainer(
                            new DefaultTrainingConfig(Loss.l2Loss())
                                    .optDevices(new Device[] {Device.cpu()})
                                    .optOptimizer(optimizer));
            trainer.initialize(new Shape(2, 5));
        }

        void steps(int from, int to, Consumer<Trainer> update) {
            for (int step = from; step < to; step++) {
                try (NDManager manager = trainer.getManager().newSubManager();
                        GradientCollector collector = trainer.newGradientCollector()) {
                    NDArray input = manager.full(new Shape(2, 5), (float) Math.sin(step + 1));
                    NDArray output = trainer.forward(new NDList(input)).head();
                    collector.backward(output.square().sum());
                }
                update.accept(trainer);
            }
        }

        /** The bits of all parameters. */
        List<ByteBuffer> parameters() {
            return model.getBlock().getParameters().values().stream()
                    .map(parameter -> HostArrays.readBytes(parameter.getArray()))
                    .toList();
        }

        @Override
        public void close() {
            trainer.close();
            model.close();
        }
    }

    /**
     * Parameters of several shapes and two types, of which one is frozen, one has no effect, and
     * the gradient of one is not contiguous.
     */
    private static final class MixtureBlock extends AbstractBlock {

        private static final int FROZEN = 2;

        private final Parameter weight = add("weight", Parameter.Type.WEIGHT, new Shape(4, 5));
        private final Parameter bias = add("bias", Parameter.Type.BIAS, new Shape(4));
        private final Parameter frozen = add("frozen", Parameter.Type.WEIGHT, new Shape(2, 4));
        private final Parameter unused = add("unused", Parameter.Type.WEIGHT, new Shape(3, 3));
        private final Parameter wide = add("wide", Parameter.Type.WEIGHT, new Shape(2, 4));
        private final Parameter scalar = add("scalar", Parameter.Type.WEIGHT, new Shape());

        private Parameter add(String name, Parameter.Type type, Shape shape) {
            Parameter parameter = Parameter.builder().setName(name).setType(type).build();
            parameter.setShape(shape);
            parameter.setInitializer(new NormalInitializer(0.5f));
            return addParameter(parameter);
        }

        @Override
        public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
            wide.initialize(manager, DataType.FLOAT64);
            super.initialize(manager, dataType, inputShapes);
            frozen.freeze(true);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray input = inputs.head();
            Device device = input.getDevice();
            store.getValue(unused, device, training);
            // A view of a parameter is attached to the parameter's manager.
            try (NDArray turned = store.getValue(weight, device, training).transpose()) {
                NDArray hidden =
                        input.matMul(turned)
                                .add(store.getValue(bias, device, training))
                                .mul(store.getValue(frozen, device, training));
                NDArray output = hidden.tanh().mul(store.getValue(wide, device, training));
                return new NDList(output.mul(store.getValue(scalar, device, training)));
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return new Shape[] {new Shape(2, 4)};
        }
    }
}
