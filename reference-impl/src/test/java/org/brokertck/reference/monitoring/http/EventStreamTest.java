package org.brokertck.reference.monitoring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final QueueMonitor monitor = InMemoryQueueMonitor.open(
            "monitor", MonitorConfig.builder().serveOnLoopback().build());

    @AfterEach
    void close() {
        monitor.close();
    }

    private HttpResponse<InputStream> watch(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        monitor.endpoint().orElseThrow().resolve(MonitorPaths.EVENTS))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void theFirstEventComesAtOnceAndTellsEverythingThatThePageShows() throws IOException, InterruptedException {
        monitor.recordProduced("orders \"a\"", 5);
        monitor.recordQueueDepth("orders \"a\"", 7);
        monitor.recordConsumed("orders \"a\"", Duration.ofMillis(20), Outcome.FAILURE);
        monitor.setupAlerts(List.of(AlertRule.builder("backlog").threshold(5).build()));
        await().until(() -> !monitor.history().isEmpty());
        HttpResponse<InputStream> answer = watch("GET");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        try (BufferedReader lines = lines(answer)) {
            assertThat(lines.readLine())
                    .startsWith("data: {\"time\":\"20")
                    .contains(
                            "\"name\":\"monitor\",\"healthy\":true,\"reasons\":[]",
                            "\"name\":\"orders"
                                    + " \\\"a\\\"\",\"depth\":7.0,\"rate\":0.0,\"errorRate\":1.0,\"latency\":0.02,\"produced\":1,",
                            "\"rule\":\"backlog\",\"metric\":\"queue_depth\"",
                            "\"state\":\"firing\",\"value\":7.0,\"severity\":\"warning\"")
                    .endsWith("]}");
            assertThat(lines.readLine()).isEmpty();
        }
    }

    @Test
    void aNewEventComesEachSecondAsLongAsSomebodyWatches() throws IOException, InterruptedException {
        try (BufferedReader lines = lines(watch("GET"))) {
            String first = lines.readLine();
            lines.readLine();
            monitor.recordQueueDepth("orders", 3);
            assertThat(lines.readLine())
                    .startsWith("data: {")
                    .isNotEqualTo(first)
                    .contains("\"depth\":3.0");
            lines.readLine();
            assertThat(lines.readLine()).startsWith("data: {");
        }
    }

    @Test
    void tooManyAreSentAwayAndAPlaceThatIsLeftIsFree() throws IOException, InterruptedException {
        List<BufferedReader> viewers = new ArrayList<>();
        for (int i = 0; i < EventStream.MOST_VIEWERS; i++) {
            BufferedReader viewer = lines(watch("GET"));
            assertThat(viewer.readLine()).startsWith("data: ");
            viewers.add(viewer);
        }
        HttpResponse<InputStream> refused = watch("GET");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        viewers.get(0).close();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            HttpResponse<InputStream> answer = watch("GET");
            answer.body().close();
            return answer.statusCode() == 200;
        });
        // The other endpoints still answer, since viewers occupy none of their threads.
        assertThat(client.send(
                                HttpRequest.newBuilder(
                                                monitor.endpoint().orElseThrow().resolve(MonitorPaths.LIVE))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMonitorThatIsClosedSendsEverybodyAwayAndLeavesNoThread() throws IOException, InterruptedException {
        BufferedReader viewer = lines(watch("GET"));
        assertThat(viewer.readLine()).startsWith("data: ");
        monitor.close();
        await().until(() -> {
            try {
                return viewer.readLine() == null;
            } catch (IOException cut) {
                return true;
            }
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(it -> it.isAlive() && it.getName().startsWith("monitor-monitor-"));
    }

    @Test
    void headIsAnsweredWithoutAStream() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = watch("HEAD");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().readAllBytes()).isEmpty();
    }
}
