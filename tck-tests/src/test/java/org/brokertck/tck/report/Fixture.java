package org.brokertck.tck.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.run.TestResult;
import org.brokertck.tck.spec.Level;
import org.brokertck.tck.spec.Rule;

/** Runs made by hand, in which every status occurs and findings hold whatever a broker may say. */
final class Fixture {
    static final String FINDING = """
            Q-3 is broken: <script>alert("x")</script> & \u001B[31mred\u202E
              The rule: FIFO: in `produce` order.
              Timeline (ms):
                   0.000  produced <b>m1</b>
                  12.345  attempt at m2
              Check first: the order of `ack` & take.""";

    private Fixture() {}

    static RunResult allStatuses() {
        return run(
                "rabbit|mq",
                Set.of(Capability.REMOTE, Capability.BOUNDED),
                List.of(
                        rule("G-1", Level.MUST, "", Status.PASSED, "", test("refusesNull", Status.PASSED, "", "", "")),
                        rule(
                                "G-13",
                                Level.CAP,
                                "remote",
                                Status.ERROR,
                                "java.io.IOException: no route",
                                test(
                                        "namesTheAddress",
                                        Status.ERROR,
                                        "",
                                        "java.io.IOException: no route\n      at a.B.c(B.java:1)",
                                        "./tck run --target rabbit --rules G-13 --seed 7")),
                        new RuleResult(
                                new Rule(
                                        "Q-3",
                                        Level.MUST,
                                        "",
                                        "FIFO: in `produce` order.",
                                        "the order of `ack` & take."),
                                Status.FAILED,
                                FINDING.lines().findFirst().orElseThrow(),
                                List.of(
                                        test(
                                                "keepsOrder",
                                                Status.FAILED,
                                                "7",
                                                FINDING,
                                                "./tck run --target rabbit --rules Q-3 --seed 7"),
                                        test("keepsOrderOfTwo", Status.PASSED, "", "", ""))),
                        rule(
                                "Q-24",
                                Level.CAP,
                                "durable",
                                Status.NOT_SUPPORTED,
                                "Not supported: not durable",
                                test("survives", Status.NOT_SUPPORTED, "", "Not supported: not durable", "")),
                        rule(
                                "Q-30",
                                Level.MUST,
                                "",
                                Status.NOT_RUN,
                                "Filtered out by --rules",
                                test("cuts", Status.NOT_RUN, "", "Filtered out by --rules", "")),
                        rule(
                                "Q-31",
                                Level.SHOULD,
                                "",
                                Status.INCONCLUSIVE,
                                "Q-31 is inconclusive: too slow",
                                test(
                                        "linearizable",
                                        Status.INCONCLUSIVE,
                                        "7",
                                        "Q-31 is inconclusive: too slow",
                                        "./tck run --target rabbit --rules Q-31 --seed 7"))));
    }

    static RunResult passing() {
        return run(
                "in-memory",
                Set.of(),
                List.of(
                        rule("G-1", Level.MUST, "", Status.PASSED, "", test("refusesNull", Status.PASSED, "", "", "")),
                        rule(
                                "Q-3",
                                Level.MUST,
                                "",
                                Status.PASSED,
                                "",
                                test("keepsOrder", Status.PASSED, "7", "", ""))));
    }

    static RunResult run(String name, Set<Capability> claims, List<RuleResult> rules) {
        return new RunResult(
                "1.0",
                "0.1",
                name,
                "3 <beta>",
                claims,
                Instant.parse("2026-05-03T14:05:06Z"),
                Duration.ofMillis(65_400),
                "7",
                "./tck run --target " + name.replaceAll("[^a-z-].*", "") + " --seed 7",
                rules);
    }

    static RuleResult rule(String id, Level level, String capability, Status status, String reason, TestResult test) {
        Rule rule = new Rule(id, level, capability, "Sentence of " + id + " with a | in it.", "");
        return new RuleResult(rule, status, reason, List.of(test));
    }

    static TestResult test(String name, Status status, String seed, String message, String replay) {
        return new TestResult(name, status, 12, seed, message, replay);
    }
}
