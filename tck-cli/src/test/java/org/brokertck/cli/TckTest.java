package org.brokertck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.suite.Suites;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a script sees it: exit codes, output, reports. */
class TckTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    /** A target of the user's own, which cannot open a queue without being told a name. */
    public static final class Borrowed implements ConformanceTarget {
        private final ConformanceTarget reference = new InMemoryTarget();

        @Override
        public String name() {
            return "borrowed";
        }

        @Override
        public MessageQueue openQueue(String name, QueueConfig config) {
            return reference.openQueue(name, config);
        }
    }

    /** A target that breaks Q-15: it forbids messages that permit no retry. */
    public static final class Broken implements ConformanceTarget {
        private final ConformanceTarget reference = new InMemoryTarget();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public MessageQueue openQueue(String name, QueueConfig config) {
            return new RetriesAtLeastOnce(reference.openQueue(name, config));
        }
    }

    /** A target whose queues take nothing. */
    public static final class Refusing implements ConformanceTarget {
        private final ConformanceTarget reference = new InMemoryTarget();

        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public MessageQueue openQueue(String name, QueueConfig config) {
            return new TakesNothing(reference.openQueue(name, config));
        }
    }

    @AfterEach
    void clearSettings() {
        System.clearProperty("tck.tries");
        System.clearProperty("tck.seed");
        System.clearProperty("tck.timeoutFactor");
    }

    @Test
    void aConformantTargetEndsWithZeroAndItsSummary() throws IOException {
        int code = tck("run", "--rules", "Q-8,Q-9", "--tries", "2", "--report", folder.toString());
        assertThat(code).isEqualTo(ExitCode.CONFORMANT);
        int rules = SpecCatalogue.shipped().rulesOf(Suites.contracts()).size();
        assertThat(lastLine()).isEqualTo("2 passed, 0 failed, " + (rules - 2) + " skipped");
        assertThat(Files.readString(folder.resolve("report.json"))).contains("\"verdict\"", "CONFORMANT");
        assertThat(folder.resolve("report.html")).exists();
        assertThat(folder.resolve("TEST-junit-jupiter.xml")).exists();
    }

    @Test
    void theReportTellsHowToRunTheSameAgain() throws IOException {
        tck(
                "run",
                "--contract",
                "queue,codec",
                "--rules",
                "G-7",
                "--tries",
                "2",
                "--seed",
                "5",
                "--report",
                folder + "");
        String command = Files.readString(folder.resolve("report.html")).replaceAll("</?span>", "");
        assertThat(command)
                .contains("./tck run --target in-memory", " --tries 2 --contract queue,codec --rules G-7 --seed 5");
    }

    @Test
    void aBrokenTargetEndsWithOneAndTellsTheRule() {
        int code = tck(
                "run",
                "--target",
                Broken.class.getName(),
                "--rules",
                "Q-15",
                "--tries",
                "3",
                "--report",
                folder.toString());
        assertThat(code).isEqualTo(ExitCode.NOT_CONFORMANT);
        assertThat(out.toString()).contains("Q-15 is broken", "Check first:", "Again: ./tck run", "--seed");
    }

    @Test
    void aRunByATestTellsWhatItFound(@TempDir Path folder) {
        assertThatThrownBy(() -> WholeRun.findsNoFault(
                        "--target",
                        Broken.class.getName(),
                        "--rules",
                        "Q-15",
                        "--tries",
                        "3",
                        "--report",
                        folder.toString()))
                .hasMessageContaining("Q-15 is broken")
                .hasMessageContaining("--seed")
                .hasMessageNotContaining("] passed");
    }

    @Test
    void aTargetOfOnesOwnIsNamedByItsClass() {
        int code = tck(
                "run",
                "--target",
                Borrowed.class.getName(),
                "--rules",
                "Q-3",
                "--tries",
                "2",
                "--report",
                folder.toString());
        assertThat(code).isEqualTo(ExitCode.CONFORMANT);
        assertThat(out.toString()).contains("borrowed");
    }

    @Test
    void jsonReplacesTheProgress() {
        int code = tck("run", "--rules", "Q-3", "--tries", "1", "--json", "--report", folder.toString());
        assertThat(code).isEqualTo(ExitCode.CONFORMANT);
        assertThat(out.toString().strip()).startsWith("{").endsWith("}");
    }

    @Test
    void wrongUseEndsWithTwoAndSaysWhatIsRight() {
        assertThat(tck("run", "--rules", "X-9")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("run", "--tries", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("run", "--timeout-factor", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("run", "--nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("explain", "Q-99")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("'X-9' matches no rule", "--tries is 0", "tck.timeoutFactor", "--nonsense", "Q-99");
    }

    @Test
    void rulesThatBindNothingHereEndWithThree() {
        int code = tck("run", "--target", Borrowed.class.getName(), "--rules", "Q-21", "--report", folder.toString());
        assertThat(code).isEqualTo(ExitCode.NOTHING_RAN);
    }

    @Test
    void aTargetThatIsNotThereEndsWithFourAndShowsNoPassword() throws IOException {
        assertThat(tck("run", "--target", "nope")).isEqualTo(ExitCode.NO_TARGET);
        assertThat(tck("run", "--target", "x", "--classpath", "no-such.jar")).isEqualTo(ExitCode.NO_TARGET);
        int port = closedPort();
        for (String server : new String[] {"rabbitmq", "redis"}) {
            String scheme = server.equals("redis") ? "redis" : "amqp";
            String uri = scheme + "://user:hidden-secret@127.0.0.1:" + port;
            assertThat(tck("run", "--target", server, "--uri", uri)).isEqualTo(ExitCode.NO_TARGET);
        }
        assertThat(err.toString()).contains("127.0.0.1:" + port).doesNotContain("hidden-secret");
    }

    @Test
    void rulesAndExplainTellTheSpecification() {
        assertThat(tck("rules")).isZero();
        assertThat(tck("explain", "Q-14")).isZero();
        assertThat(out.toString()).contains("Q-31", "aDeadLetterIsNotAttemptedAgain", "./tck run --rules Q-14");
    }

    @Test
    void theMatrixSetsTargetsSideBySide() {
        int code = tck(
                "matrix",
                "--targets",
                "in-memory," + Borrowed.class.getName(),
                "--rules",
                "Q-8",
                "--tries",
                "1",
                "--report",
                folder.toString());
        assertThat(code).isEqualTo(ExitCode.CONFORMANT);
        assertThat(out.toString()).contains("| Q-8", "in-memory", "borrowed");
        assertThat(folder.resolve("matrix.html")).exists();
    }

    @Test
    void theProfileOfAConformantTargetEndsWithZeroAndItsFigures() throws IOException {
        int code = tck("bench", "--quick", "--report", folder.toString());
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCode.CONFORMANT);
        assertThat(out.toString())
                .contains(
                        "Throughput of the message queue", "Latency of the partitioned broker", "bare hand-off", "× ");
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("\"ofCeiling\"", "\"endToEndP99\"");
        assertThat(Files.readString(folder.resolve("bench.html"))).contains("<svg", "in-memory");
    }

    @Test
    void aProfileInWhichMessagesAreLostEndsWithOneAndShowsNoFigureOfThem() throws IOException {
        int code = tck("bench", "--quick", "--target", Refusing.class.getName(), "--report", folder.toString());
        assertThat(code).isEqualTo(ExitCode.NOT_CONFORMANT);
        assertThat(out.toString()).contains("refusing: DISCARDED", "no room today");
    }

    @Test
    void aProfileOfNothingOrNobodyIsRefusedAsARunIs() throws IOException {
        assertThat(tck("bench", "--target", "nope")).isEqualTo(ExitCode.NO_TARGET);
        assertThat(tck("bench", "--contract", "post")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("bench", "--nonsense")).isEqualTo(ExitCode.USAGE);
        String uri = "redis://user:hidden-secret@127.0.0.1:" + closedPort();
        assertThat(tck("bench", "--target", "redis", "--uri", uri)).isEqualTo(ExitCode.NO_TARGET);
        assertThat(tck(
                        "bench",
                        "--target",
                        Borrowed.class.getName(),
                        "--contract",
                        "pubsub",
                        "--report",
                        folder.toString()))
                .isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(err.toString()).doesNotContain("hidden-secret");
    }

    private int tck(String... args) {
        CommandLine line = Tck.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private String lastLine() {
        return out.toString().lines().reduce((first, second) -> second).orElse("");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
