package org.brokertck.cli;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says loudly, once, at the end of the last module's tests, which container runs were left out for want of an engine. */
public final class LeftOutContainerRuns implements TestExecutionListener {
    static final String REASON = "No container engine: ";

    private final List<String> leftOut = new ArrayList<>();
    private String reason = "";

    @Override
    public void executionSkipped(TestIdentifier test, String why) {
        if (why.startsWith(REASON)) {
            leftOut.add(test.getLegacyReportingName());
            reason = why;
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (leftOut.isEmpty()) {
            return;
        }
        String line = "*".repeat(100);
        System.out.println(line);
        System.out.println(
                "NOT TESTED: these runs need containers and were left out, as were the tests of the module 'containers':");
        leftOut.forEach(it -> System.out.println("  - " + it));
        System.out.println(reason);
        System.out.println("With -Dtck.containers=required a missing engine fails the build.");
        System.out.println(line);
    }
}
