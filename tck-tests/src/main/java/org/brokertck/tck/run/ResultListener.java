package org.brokertck.tck.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.tck.spec.SpecCatalogue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Turns what both engines report into results of rule tests. */
final class ResultListener implements TestExecutionListener {
    private final RuleTestMethods methods;
    private final Replay replay;
    private final Progress progress;
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, TestResult> results = new LinkedHashMap<>();
    private String engineFailure = "";

    ResultListener(RuleTestMethods methods, Replay replay, Progress progress) {
        this.methods = methods;
        this.replay = replay;
        this.progress = progress;
    }

    /** The result of each test that ended, by its name. */
    Map<String, TestResult> results() {
        return results;
    }

    /** Why a whole engine or class failed; empty when none did. */
    String engineFailure() {
        return engineFailure;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        boolean unsupported = reason.startsWith(Gate.NOT_SUPPORTED);
        name(test).ifPresent(it -> add(it, unsupported ? Status.NOT_SUPPORTED : Status.NOT_RUN, 0, reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        long nanos = System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime());
        Optional<String> name = name(test);
        String message = result.getThrowable().map(Findings::text).orElse("");
        if (name.isPresent()) {
            add(name.get(), status(result), nanos / 1_000_000, message);
        } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            engineFailure = message;
        }
    }

    private void add(String name, Status status, long millis, String message) {
        String seed = methods.isProperty(name) ? replay.seed() : "";
        String rule = methods.ruleOf(name);
        String command = status.isRed() ? replay.rule(rule) : "";
        TestResult result = new TestResult(name, status, millis, seed, message, command);
        results.put(name, result);
        progress.ended(SpecCatalogue.shipped().rule(rule), result);
    }

    private static Status status(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Status.PASSED;
            case ABORTED -> Status.NOT_RUN;
            case FAILED -> result.getThrowable().map(Findings::status).orElse(Status.ERROR);
        };
    }

    private Optional<String> name(TestIdentifier test) {
        Optional<TestSource> source = test.isTest() ? test.getSource() : Optional.empty();
        return source.filter(MethodSource.class::isInstance)
                .map(it -> ((MethodSource) it).getMethodName())
                .filter(methods::contains);
    }
}
