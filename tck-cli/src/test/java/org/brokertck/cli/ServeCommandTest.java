package org.brokertck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeCommandTest {
    private static final Pattern DASHBOARD = Pattern.compile("Dashboard +(http://127\\.0\\.0\\.1:\\d+/)");
    private static final Pattern URL = Pattern.compile("\"url\\.full\":\"(http://127\\.0\\.0\\.1:\\d+/)\"");

    private static final long SIGINT_BIT = 1L << 1;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everythingAnswersUntilTheCommandIsStopped() throws Exception {
        int[] code = {-1};
        Thread command = new Thread(() -> code[0] = tck("serve", "--port", "0"), "serve");
        command.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DASHBOARD.matcher(out.toString()).find());
        URI base = URI.create(found(DASHBOARD, out.toString()));
        assertThat(get(base.resolve("/")).body()).contains("<title>");
        assertThat(get(base.resolve("/metrics")).body())
                .contains("brokertck_messages_produced_total{queue=\"orders\"}");
        assertThat(get(base.resolve("/health/live")).statusCode()).isEqualTo(200);
        assertThat(get(base.resolve("/health/ready")).statusCode()).isEqualTo(200);
        assertThat(get(base.resolve("/health")).body()).contains("\"status\":");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> get(base.resolve("/alerts")).body().contains("\"firing\""));
        await().atMost(Duration.ofSeconds(40))
                .until(() -> get(base.resolve("/metrics"))
                        .body()
                        .matches("(?s).*brokertck_messages_dead_lettered_total\\{queue=\"orders\"} [1-9].*"));
        command.interrupt();
        command.join(20_000);
        assertThat(code[0]).isEqualTo(ExitCode.CONFORMANT);
        assertThat(out.toString())
                .contains("/metrics", "/health", "/alerts", "Alert 'backlog' fires for queue 'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsItWithZeroAndEveryLineWasJson(String signal) throws Exception {
        // A shell without job control starts what runs in the background so, and children inherit it.
        assumeFalse(
                signal.equals("INT") && ignoresInterrupts(), "SIGINT is ignored here, and so by what is started here");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tck.class.getName(),
                        "serve",
                        "--port=0",
                        "--logs=json")
                .redirectErrorStream(true)
                .start();
        CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES).execute(process::destroyForcibly);
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            lines.add(reader.readLine());
            URI base = URI.create(found(URL, lines.get(0)));
            assertThat(get(base.resolve("/health/live")).statusCode()).isEqualTo(200);
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            reader.lines().forEach(lines::add);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.CONFORMANT);
            assertThat(lines).allMatch(it -> it.startsWith("{\"@timestamp\":") && it.endsWith("}"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(it -> it.startsWith("SigIgn:"))
                    .anyMatch(it -> (Long.parseUnsignedLong(it.substring(7).strip(), 16) & SIGINT_BIT) != 0);
        }
    }

    @Test
    void aPortInUseEndsWithFourAndSaysWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(tck("serve", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(ExitCode.NO_TARGET);
            assertThat(err.toString()).contains("--port " + taken.getLocalPort(), "in use", "port 0");
        }
    }

    @Test
    void wrongUseEndsWithTwo() {
        assertThat(tck("serve", "--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("serve", "--port", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("serve", "--host", "no such host")).isEqualTo(ExitCode.USAGE);
        assertThat(tck("serve", "--logs", "xml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--port is 70000", "--port is -1", "'no such host'", "xml");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int tck(String... args) {
        CommandLine line = Tck.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
