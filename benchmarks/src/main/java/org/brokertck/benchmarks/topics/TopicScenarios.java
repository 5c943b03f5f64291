package org.brokertck.benchmarks.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brokertck.benchmarks.topics.MatchBenchmark.Topics;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of topics under JMH: in each round each candidate in a JVM of its own. */
public final class TopicScenarios {
    private static final String HEAP = "-Xmx2g";

    private final int rounds;
    private final int iterations;
    private final TimeValue warmUp;
    private final TimeValue length;
    private final Consumer<String> progress;
    private final Map<String, Findings> findings = new LinkedHashMap<>();

    /**
     * @param rounds how often each candidate is measured
     * @param iterations for warming up, and as many that count
     * @param warmUpMillis how long each takes that warms up
     * @param millis how long each takes that counts
     * @param progress told in a sentence what is done next
     */
    public TopicScenarios(int rounds, int iterations, int warmUpMillis, int millis, Consumer<String> progress) {
        this.rounds = rounds;
        this.iterations = iterations;
        this.warmUp = TimeValue.milliseconds(warmUpMillis);
        this.length = TimeValue.milliseconds(millis);
        this.progress = progress;
    }

    /** Measures the matchers. */
    public List<Scenario> match() throws RunnerException {
        for (int round = 0; round < rounds; round++) {
            match(Subscriptions.NOT_MATCHING, Topics.HOT);
            match(Subscriptions.MIXED, Topics.HOT);
            match(Subscriptions.MIXED, Topics.ALL);
        }
        List<Scenario> scenarios = new ArrayList<>();
        findings.forEach((title, found) -> scenarios.add(found.scenario(
                "match-" + (scenarios.size() + 1),
                "Topic match: " + title,
                "The time to find a topic's subscribers; each matcher's finds are checked against the linear one's.",
                Matchers.LINEAR.title())));
        return scenarios;
    }

    private void match(Subscriptions kind, Topics topics) throws RunnerException {
        progress.accept("match: " + kind + ", " + topics);
        Options options = options(MatchBenchmark.class)
                .param("kind", kind.name())
                .param("topics", topics.name())
                .build();
        for (RunResult result : run(options)) {
            String count = result.getParams().getParam("subscriptions");
            String title = "%,d %s subscriptions, %s"
                    .formatted(
                            Integer.parseInt(count),
                            kind == Subscriptions.MIXED ? "mixed" : "not matching",
                            topics == Topics.HOT ? "one hot topic" : "100,000 different topics");
            Matchers matcher = Matchers.valueOf(result.getParams().getParam("matcher"));
            findings.computeIfAbsent(title, it -> new Findings())
                    .add(
                            matcher.title(),
                            Metric.MATCH,
                            result.getPrimaryResult().getScore());
        }
    }

    /** Measures the reference's publish among subscriptions that do not match. */
    public Scenario publish() throws RunnerException {
        Findings found = new Findings();
        for (int round = 0; round < rounds; round++) {
            progress.accept("publish: round " + (round + 1));
            for (RunResult result : run(options(PublishBenchmark.class).build())) {
                int count = Integer.parseInt(result.getParams().getParam("subscriptions"));
                found.add(name(count), Metric.PUBLISH, result.getPrimaryResult().getScore());
            }
        }
        return found.scenario(
                "publish",
                "Publishing among subscriptions that do not match",
                "The reference's publish to one subscriber whose buffer is full, with others that the topic does not concern.",
                name(10));
    }

    private static String name(int count) {
        return "in-memory, %,d others".formatted(count);
    }

    private static Collection<RunResult> run(Options options) throws RunnerException {
        return new Runner(options).run();
    }

    private OptionsBuilder options(Class<?> benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + benchmark.getName() + "\\.")
                .forks(1)
                .warmupIterations(iterations)
                .warmupTime(warmUp)
                .measurementIterations(iterations)
                .measurementTime(length)
                .jvmArgs(HEAP)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        return options;
    }
}
