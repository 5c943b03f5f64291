package org.brokertck.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.benchmarks.topics.TopicScenarios;
import org.brokertck.benchmarks.watched.WatchedScenarios;
import org.brokertck.performance.result.Machine;
import org.brokertck.performance.result.Measurements;
import org.brokertck.performance.result.ResultJson;
import org.brokertck.performance.result.ResultPage;
import org.brokertck.performance.result.ResultTable;
import org.brokertck.performance.result.Scenario;
import org.brokertck.reference.target.InMemoryTarget;

/**
 * Takes all figures, and writes them as JSON, as a page, and as tables between the markers of {@code docs/PERFORMANCE.md}.
 * {@code benchmarks/run} calls it.
 */
public final class Report {
    private static final Set<String> ALL =
            Set.of("course", "partitioned", "latency", "queue", "topics", "watched", "idle");
    private static final Set<String> PACES = Set.of("--brief", "--smoke");
    private static final PrintStream OUT = System.out;

    private final Pace pace;
    private final Set<String> chosen;

    private Report(Pace pace, Set<String> chosen) {
        this.pace = pace;
        this.chosen = chosen;
    }

    /**
     * Runs.
     *
     * @param args {@code --brief} or {@code --smoke} for less time, and the scenarios to run: none means all, and only then the
     *     tables are written into the guide
     */
    public static void main(String[] args) throws Exception {
        Set<String> words = Arrays.stream(args).collect(Collectors.toSet());
        Set<String> chosen = words.stream().filter(it -> !PACES.contains(it)).collect(Collectors.toSet());
        if (!ALL.containsAll(chosen)) {
            OUT.println("Usage: benchmarks/run [--brief|--smoke] " + ALL);
            System.exit(2);
        }
        Pace pace = words.contains("--smoke") ? Pace.smoke() : words.contains("--brief") ? Pace.brief() : Pace.full();
        Measurements found = new Report(pace, chosen.isEmpty() ? ALL : chosen).measure();
        write(found, chosen.isEmpty() && !words.contains("--smoke"));
        System.exit(found.hasDiscarded() ? 1 : 0);
    }

    private Measurements measure() throws Exception {
        Machine machine = Machine.current();
        Instant startedAt = Instant.now();
        List<Scenario> found = new ArrayList<>();
        try (InMemoryTarget reference = new InMemoryTarget()) {
            Scenarios scenarios = new Scenarios(reference, pace, OUT::println);
            if (chosen.contains("course")) {
                found.add(scenarios.course());
            }
            if (chosen.contains("partitioned")) {
                found.add(scenarios.partitioned());
            }
            if (chosen.contains("latency")) {
                found.add(scenarios.latency());
                found.add(scenarios.remoteLatency());
            }
            if (chosen.contains("queue")) {
                found.add(scenarios.queue(1, 1));
                found.add(scenarios.queue(2, 2));
            }
            if (chosen.contains("topics")) {
                TopicScenarios topics = new TopicScenarios(pace.forks().atMost(3), OUT::println);
                found.addAll(topics.match());
                found.add(topics.publish());
            }
            if (chosen.contains("watched")) {
                found.addAll(new WatchedScenarios(pace.forks(), OUT::println).all());
            }
            if (chosen.contains("idle")) {
                found.add(scenarios.idle());
            }
            return new Measurements("The reference beside its peers", machine, startedAt, found);
        }
    }

    private static void write(Measurements found, boolean intoTheGuide) throws IOException {
        String tables = ResultTable.of(found);
        Path folder = Files.createDirectories(Path.of("target", "benchmarks"));
        Files.writeString(folder.resolve("bench.json"), ResultJson.of(found));
        Files.writeString(folder.resolve("bench.html"), ResultPage.of(found));
        Files.writeString(folder.resolve("bench.md"), tables);
        if (intoTheGuide) {
            Path guide = Path.of("docs", "PERFORMANCE.md");
            Files.writeString(guide, Guide.with(Files.readString(guide), tables));
        }
        OUT.println();
        OUT.println(tables);
        OUT.println("Written to " + folder);
    }
}
