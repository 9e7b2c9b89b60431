package io.github.djlctc.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;

import java.util.function.BooleanSupplier;

/** An optimizer that does nothing in steps that are left out. */
final class GuardedOptimizer extends Optimizer {

    private final Optimizer optimizer;
    private final BooleanSupplier shouldStep;

    GuardedOptimizer(Optimizer optimizer, BooleanSupplier shouldStep) {
        super(new Settings());
        this.optimizer = optimizer;
        this.shouldStep = shouldStep;
    }

    @Override
    public void update(String parameterId, NDArray weight, NDArray grad) {
        if (shouldStep.getAsBoolean()) {
            optimizer.update(parameterId, weight, grad);
        }
    }

    /** The settings of DJL's base class, which the guarded optimizer has itself. */
    private static final class Settings extends OptimizerBuilder<Settings> {

        @Override
        protected Settings self() {
            return this;
        }
    }
}
