package org.brokertck.tck.faulty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.run.CurrentTarget;
import org.brokertck.tck.run.RuleTestMethods;
import org.brokertck.tck.suite.MessageQueueSuite;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs rule tests in both engines against a target, and hands over what they threw. */
public final class RuleRun {
    private static final RuleTestMethods METHODS = RuleTestMethods.of(MessageQueueSuite.class);

    /**
     * How one rule test ended.
     *
     * @param test the name of its method
     * @param failures what it threw; empty when it passed or was skipped
     */
    public record Ended(String test, List<Throwable> failures) {}

    private RuleRun() {}

    /** The names of the tests of one rule. */
    public static List<String> testsOf(String rule) {
        return METHODS.namesFor(rule);
    }

    /** The names of all tests. */
    public static List<String> allTests() {
        return METHODS.names();
    }

    /** Runs these tests. */
    public static List<Ended> run(ConformanceTarget target, List<String> tests) {
        CurrentTarget.use(target);
        List<Ended> ended = new ArrayList<>();
        Path database = emptyFolder();
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build());
        launcher.execute(request(tests, database), listener(ended));
        database.toFile().delete();
        return ended;
    }

    private static LauncherDiscoveryRequest request(List<String> tests, Path database) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(RuleRun::selector).toList())
                .configurationParameters(Map.of(
                        "jqwik.database",
                        database.resolve("jqwik.database").toString(),
                        "jqwik.reporting.usejunitplatform",
                        "true"))
                .build();
    }

    private static DiscoverySelector selector(String test) {
        return java.util.Arrays.stream(MessageQueueSuite.class.getMethods())
                .filter(it -> it.getName().equals(test))
                .findFirst()
                .<DiscoverySelector>map(it -> DiscoverySelectors.selectMethod(MessageQueueSuite.class, it))
                .orElseThrow();
    }

    private static TestExecutionListener listener(List<Ended> ended) {
        return new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    ended.add(new Ended(
                            method.getMethodName(),
                            result.getStatus() == TestExecutionResult.Status.FAILED
                                    ? List.of(Objects.requireNonNull(
                                            result.getThrowable().orElseGet(AssertionError::new)))
                                    : List.of()));
                }
            }
        };
    }

    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("tck-faulty-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
