package io.github.djlctc.benchmarks;

import io.github.djlctc.examples.common.command.ProgramOutput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures losses on request, so that {@code peers/compare_loss.py} can take turns between this and
 * other processes.
 *
 * <p>A request is a line on standard input, its answer a line of numbers on standard output:
 *
 * <ul>
 *   <li>{@code open CONTENDER T,N,C,S}: makes a batch in place of the last one; answers 0.
 *   <li>{@code forward COUNT}, {@code backward COUNT}: nanoseconds per call, over COUNT calls.
 *   <li>{@code memory}: bytes by which the resident set grew at most during a forward and backward
 *       pass, on Linux; else 0.
 *   <li>{@code error T,N,C,S}: for PyTorch and the algorithm SCALED, the greatest difference of the
 *       gradient from that of float64, over the greatest element of that.
 * </ul>
 */
public final class LossTimer {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private LossStep step;

    private LossTimer() {}

    /**
     * Answers requests until the end of standard input.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        ProgramOutput.guard();
        LossTimer timer = new LossTimer();
        BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            System.out.println(timer.answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] request) throws IOException {
        return switch (request[0]) {
            case "open" -> open(request[1], request[2]);
            case "forward" -> time(step::forward, Integer.parseInt(request[1]));
            case "backward" -> time(step::forwardBackward, Integer.parseInt(request[1]));
            case "memory" -> String.valueOf(peakGrowth());
            case "error" -> LossPrecision.of(LossSize.parse(request[1])).toString();
            default -> throw new IllegalArgumentException("unknown request " + request[0]);
        };
    }

    private String open(String contender, String size) {
        if (step != null) {
            step.close();
        }
        step = new LossStep(LossContender.of(contender), LossSize.parse(size));
        return "0";
    }

    private interface Call {
        double run();
    }

    private static String time(Call call, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            call.run();
        }
        return String.valueOf((System.nanoTime() - start) / count);
    }

    private long peakGrowth() throws IOException {
        if (!Files.isWritable(CLEAR)) {
            return 0;
        }
        step.forwardBackward();
        System.gc();
        // Writing 5 resets the peak of the resident set to its present size.
        Files.writeString(CLEAR, "5");
        long before = kibibytes("VmRSS:");
        step.forwardBackward();
        return (kibibytes("VmHWM:") - before) << 10;
    }

    private static long kibibytes(String key) throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
