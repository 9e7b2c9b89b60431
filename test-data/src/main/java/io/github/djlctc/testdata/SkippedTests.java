package io.github.djlctc.testdata;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints at the end how many tests were skipped, and for want of what. A reason is counted by its
 * text before the first colon.
 */
public final class SkippedTests implements TestExecutionListener {

    private final Map<String, Long> counts = new TreeMap<>();

    /** Creates a listener, as JUnit does. */
    public SkippedTests() {}

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        count(reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            count(result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private void count(String reason) {
        String need = reason.replaceFirst("^Assumption failed: ", "").replaceFirst(":.*", "");
        counts.merge(need, 1L, Long::sum);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (!counts.isEmpty()) {
            String list =
                    counts.entrySet().stream()
                            .map(count -> count.getValue() + " (" + count.getKey() + ")")
                            .collect(Collectors.joining(", "));
            System.out.println("Skipped tests: " + list);
        }
        counts.clear();
    }
}
