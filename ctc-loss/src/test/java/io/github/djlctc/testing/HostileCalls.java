package io.github.djlctc.testing;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.checkpoint.HostileUpdate;
import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.monitor.HostileClipping;
import io.github.djlctc.monitor.HostileStatistics;
import io.github.djlctc.nn.HostileParameterFile;
import io.github.djlctc.nn.HostileSequenceBlock;
import io.github.djlctc.testing.HostileCall.Outcome;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes hostile calls, in a JVM that they may kill: {@code java ...HostileCalls 100000 1} makes
 * 100,000, from the seed 1 on. The last line that it prints counts the results and the refusals.
 */
public final class HostileCalls {

    private static final List<HostileCall> CALLS =
            List.of(
                    HostileSequenceBlock.ofLSTM(),
                    HostileSequenceBlock.ofChunkedLSTM(),
                    HostileSequenceBlock.ofConvolution(),
                    HostileSequenceBlock.ofHead(),
                    new HostileParameterFile(),
                    new HostileClipping(),
                    new HostileStatistics(),
                    new HostileUpdate());

    private HostileCalls() {}

    /** Makes the calls; the first argument is their number, the second the seed. */
    public static void main(String[] arguments) {
        int calls = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int refused = 0;
        for (int i = 0; i < calls; i++) {
            HostileCall call = CALLS.get(i % CALLS.size());
            if (outcome(call, seed + i) == Outcome.REFUSAL) {
                refused++;
            }
            if (i % 5_000 == 0) {
                System.out.println("call " + i);
            }
        }
        System.out.println((calls - refused) + " results, " + refused + " refusals");
    }

    private static Outcome outcome(HostileCall call, long seed) {
        AtomicReference<Outcome> demanded = new AtomicReference<>();
        Outcome outcome = Outcome.RESULT;
        Exception refusal = null;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            call.run(new Random(seed), manager, demanded::set);
        } catch (TensorMismatchException | MalformedModelException e) {
            outcome = Outcome.REFUSAL;
            refusal = e;
        } catch (IllegalArgumentException e) {
            boolean isOurs = e.getMessage() != null && e.getMessage().startsWith("sample ");
            outcome = isOurs ? Outcome.REFUSAL : null;
            refusal = e;
        } catch (Exception e) {
            outcome = null;
            refusal = e;
        }
        if (outcome != demanded.get()) {
            throw new AssertionError(
                    call.getClass().getSimpleName()
                            + " "
                            + seed
                            + ": "
                            + outcome
                            + " in place of "
                            + demanded.get(),
                    refusal);
        }
        return outcome;
    }
}
