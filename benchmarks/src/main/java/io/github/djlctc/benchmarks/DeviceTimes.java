package io.github.djlctc.benchmarks;

import ai.djl.engine.Engine;

import io.github.djlctc.examples.common.command.ProgramOutput;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times the loss, {@link io.github.djlctc.nn.PackedLSTM} and a training step on the default device,
 * a GPU if there is one. Each call reads a number back, and so waits for the device.
 */
public final class DeviceTimes {

    private static final int WARM_UP = 50;
    private static final int REPEATS = 30;
    private static final List<String> LOSS_SIZES =
            List.of(
                    "50,8,32,10",
                    "200,32,32,30",
                    "1000,16,64,120",
                    "400,16,5000,50",
                    "150,16,6625,25",
                    "300,8,30000,40");
    private static final List<String> CONTENDERS = List.of("auto", "dense");
    private static final List<String> LSTM_SIZES = List.of("16x150x192x128", "32x500x512x320");

    private DeviceTimes() {}

    /**
     * Prints medians in milliseconds.
     *
     * @param arguments {@code device} for the device alone, {@code all} for the times too
     */
    public static void main(String[] arguments) {
        ProgramOutput.guard();
        if (arguments.length != 1 || !List.of("device", "all").contains(arguments[0])) {
            throw new IllegalArgumentException("give device or all");
        }
        Engine engine = Engine.getInstance();
        System.out.printf(
                "%s %s on %s, %d GPU(s)%n",
                engine.getEngineName(),
                engine.getVersion(),
                engine.defaultDevice(),
                engine.getGpuCount());
        if (arguments[0].equals("all")) {
            LOSS_SIZES.forEach(DeviceTimes::timeLoss);
            LSTM_SIZES.forEach(DeviceTimes::timeLstm);
            timeTrainingStep();
        }
    }

    private static void timeLoss(String size) {
        for (String name : CONTENDERS) {
            try (LossStep step = new LossStep(LossContender.of(name), LossSize.parse(size))) {
                print("loss " + name + " (T,N,C,S) = (" + size + ")", step::forwardBackward);
            }
        }
    }

    private static void timeLstm(String size) {
        PackedLSTMBenchmark benchmark = new PackedLSTMBenchmark();
        benchmark.size = size;
        benchmark.prepare();
        print("PackedLSTM NxTxFxH = " + size, benchmark::forwardBackward);
        benchmark.close();
    }

    private static void timeTrainingStep() {
        TrainingMonitorBenchmark benchmark = new TrainingMonitorBenchmark();
        benchmark.prepare();
        print("training step, 16 utterances of 150 frames", benchmark::step);
        benchmark.close();
    }

    private static void print(String what, Runnable call) {
        double[] milliseconds = new double[REPEATS];
        for (int i = -WARM_UP; i < REPEATS; i++) {
            long start = System.nanoTime();
            call.run();
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT, "%-48s %9.3f ms%n", what, milliseconds[milliseconds.length / 2]);
    }
}
