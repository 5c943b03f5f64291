package org.brokertck.benchmarks.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.brokertck.benchmarks.forks.Forks;
import org.brokertck.benchmarks.topics.MatchBenchmark.Topics;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks of topics under JMH: in each round each candidate in a JVM of its own. */
public final class TopicScenarios {
    private final Forks forks;
    private final Consumer<String> progress;
    private final Map<String, Findings> findings = new LinkedHashMap<>();

    /**
     * @param forks how long each takes
     * @param progress told in a sentence what is done next
     */
    public TopicScenarios(Forks forks, Consumer<String> progress) {
        this.forks = forks;
        this.progress = progress;
    }

    /** Measures the matchers. */
    public List<Scenario> match() throws RunnerException {
        for (int round = 0; round < forks.rounds(); round++) {
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
        for (RunResult result : Forks.run(
                forks.options(MatchBenchmark.class).param("kind", kind.name()).param("topics", topics.name()))) {
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
        for (int round = 0; round < forks.rounds(); round++) {
            progress.accept("publish: round " + (round + 1));
            for (RunResult result : Forks.run(forks.options(PublishBenchmark.class))) {
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
}
