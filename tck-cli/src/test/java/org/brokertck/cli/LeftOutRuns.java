package org.brokertck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says loudly, once, at the end of the last module's tests, which runs were left out for want of an engine or a program. */
public final class LeftOutRuns implements TestExecutionListener {
    /** What the reason of a test begins with that needs containers. */
    static final String NO_ENGINE = "No container engine: ";

    private static final String NO_PROGRAM = "Not installed: ";

    private final Map<String, List<String>> leftOut = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String why) {
        if (why.startsWith(NO_ENGINE) || why.startsWith(NO_PROGRAM)) {
            leftOut.computeIfAbsent(why, it -> new ArrayList<>()).add(test.getLegacyReportingName());
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (leftOut.isEmpty()) {
            return;
        }
        String line = "*".repeat(100);
        System.out.println(line);
        leftOut.forEach(LeftOutRuns::tell);
        System.out.println(line);
    }

    private static void tell(String reason, List<String> tests) {
        System.out.println("NOT TESTED: these runs were left out"
                + (reason.startsWith(NO_ENGINE) ? ", as were the tests of the module 'containers':" : ":"));
        tests.forEach(it -> System.out.println("  - " + it));
        System.out.println(reason);
        if (reason.startsWith(NO_ENGINE)) {
            System.out.println("With -Dtck.containers=required a missing engine fails the build.");
        }
    }
}
