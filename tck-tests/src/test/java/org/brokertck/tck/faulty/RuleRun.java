package org.brokertck.tck.faulty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.CurrentTarget;
import org.brokertck.tck.run.RuleTestMethods;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.spec.Level;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.suite.Suites;
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
    private final Class<? extends RuleTests> suite;
    private final RuleTestMethods methods;

    /**
     * How one rule test ended.
     *
     * @param test the name of its method
     * @param failures what it threw; empty when it passed or was skipped
     */
    public record Ended(String test, List<Throwable> failures) {}

    private RuleRun(Class<? extends RuleTests> suite) {
        this.suite = suite;
        this.methods = RuleTestMethods.of(suite);
    }

    /** Runs rule tests of that contract. */
    public static RuleRun of(Contract contract) {
        return new RuleRun(Suites.of(contract));
    }

    /** The names of the tests of one rule. */
    public List<String> testsOf(String rule) {
        return methods.namesFor(rule);
    }

    /** The names of all tests of rules that are more than recommended. */
    public List<String> bindingTests() {
        Set<String> recommended = SpecCatalogue.shipped().rules().stream()
                .filter(it -> it.level() == Level.SHOULD)
                .flatMap(it -> testsOf(it.id()).stream())
                .collect(Collectors.toSet());
        return methods.names().stream().filter(it -> !recommended.contains(it)).toList();
    }

    /** Runs these tests. */
    public List<Ended> run(ConformanceTarget target, List<String> tests) {
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

    private LauncherDiscoveryRequest request(List<String> tests, Path database) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(this::selector).toList())
                .configurationParameters(Map.of(
                        "jqwik.database",
                        database.resolve("jqwik.database").toString(),
                        "jqwik.reporting.usejunitplatform",
                        "true"))
                .build();
    }

    private DiscoverySelector selector(String test) {
        return Arrays.stream(suite.getMethods())
                .filter(it -> it.getName().equals(test))
                .findFirst()
                .<DiscoverySelector>map(it -> DiscoverySelectors.selectMethod(suite, it))
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
