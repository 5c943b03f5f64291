package org.brokertck.tck.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs the rule tests of a contract against a target, through the JUnit Platform, and gathers the results by rule. */
public final class Runner {
    private final ConformanceTarget target;
    private final RuleSelection selection;
    private final Replay replay;
    private final Progress progress;
    private final Path reportFolder;

    /**
     * @param target what to test; the caller closes it
     * @param selection which rules to run
     * @param replay how to run again what failed; its seed becomes the seed of all random workloads
     * @param progress hears of each test as it ends
     * @param reportFolder where the JUnit XML goes; made when it is not there
     */
    public Runner(
            ConformanceTarget target, RuleSelection selection, Replay replay, Progress progress, Path reportFolder) {
        this.target = target;
        this.selection = selection;
        this.replay = replay;
        this.progress = progress;
        this.reportFolder = reportFolder;
    }

    /**
     * Runs all selected rule tests of one contract. Targets are run one after another, never two at a time.
     *
     * @param contract the contract
     * @param suite the class that gathers its rule tests
     */
    public RunResult run(Contract contract, Class<? extends RuleTests> suite) {
        RuleTestMethods methods = RuleTestMethods.of(suite);
        ResultListener listener = new ResultListener(methods, replay, progress);
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        CurrentTarget.use(target);
        System.setProperty(Tries.SEED_PROPERTY, replay.seed());
        launch(suite, methods, listener);
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new RunResult(
                kitVersion(),
                SpecCatalogue.shipped().version(),
                target.name(),
                target.version(),
                target.capabilities(),
                startedAt,
                duration,
                replay.seed(),
                replay.wholeRun(),
                results(contract, methods, listener));
    }

    private void launch(Class<?> suite, RuleTestMethods methods, ResultListener listener) {
        // Only what is asked for runs: no listener that happens to lie on the class path has a say in a verdict.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build());
        Path memory = emptyFolder();
        Path database = memory.resolve("jqwik.database");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(suite))
                .filters(filter(methods))
                .configurationParameter("jqwik.database", database.toString())
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .build();
        try {
            Files.createDirectories(reportFolder);
            launcher.execute(
                    request,
                    listener,
                    new LegacyXmlReportGeneratingListener(reportFolder, new PrintWriter(Writer.nullWriter())));
        } catch (IOException e) {
            throw new UncheckedIOException("The report folder " + reportFolder + " cannot be made", e);
        } finally {
            database.toFile().delete();
            memory.toFile().delete();
        }
    }

    /** Where jqwik finds no memory of earlier runs. */
    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("tck-jqwik-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder can be made", e);
        }
    }

    private PostDiscoveryFilter filter(RuleTestMethods methods) {
        return test -> FilterResult.includedIf(test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(it -> ((MethodSource) it).getMethodName())
                .filter(methods::contains)
                .map(it -> selection.includes(SpecCatalogue.shipped().rule(methods.ruleOf(it))))
                .orElse(true));
    }

    private List<RuleResult> results(Contract contract, RuleTestMethods methods, ResultListener listener) {
        List<RuleResult> rules = new ArrayList<>();
        for (Rule rule : SpecCatalogue.shipped().rulesOf(contract)) {
            List<TestResult> tests = methods.namesFor(rule.id()).stream()
                    .map(it -> listener.results().getOrDefault(it, missing(rule, it, listener)))
                    .toList();
            rules.add(RuleResult.of(rule, tests));
        }
        return rules;
    }

    /** A test that was to run and did not is never silently absent. */
    private TestResult missing(Rule rule, String name, ResultListener listener) {
        if (!selection.includes(rule)) {
            return new TestResult(name, Status.NOT_RUN, 0, "", "Filtered out by --rules", "");
        }
        String reason = "The test was not discovered. " + listener.engineFailure();
        return new TestResult(name, Status.ERROR, 0, "", reason.strip(), replay.rule(rule.id()));
    }

    /** The version in the jar's manifest, or the one under development when the kit runs from its classes. */
    public static String kitVersion() {
        String version = Runner.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
