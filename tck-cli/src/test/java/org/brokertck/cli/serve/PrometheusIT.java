package org.brokertck.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the endpoint, and answers queries with what is there. */
@RequiresProgram(value = "prometheus", property = "tck.prometheus")
class PrometheusIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Jupiter sets it
    Path folder;

    @Test
    void aPrometheusServerScrapesAndAnswersEveryQueryOfTheGrafanaDashboard() throws IOException {
        int port = Program.freePort();
        try (SampleService service = SampleService.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Program prometheus = prometheus(service.uri(), port)) {
            URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=");
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(query(api, "sum(brokertck_messages_consumed_total)"))
                            .as(prometheus.output())
                            .matches("(?s).*\"value\":\\[[0-9.]+,\"[1-9][0-9]*\"\\].*"));
            assertThat(query(api, "up")).contains("\"brokertck\"").contains("\"1\"]");
            for (String query : GrafanaDashboard.read().filledIn()) {
                assertThat(query(api, query)).as(query).contains("\"status\":\"success\"");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void promtoolFindsNothingToComplainOf() throws IOException, InterruptedException {
        Path metrics = folder.resolve("metrics.txt");
        try (SampleService service = SampleService.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Files.writeString(
                    metrics, Http.get(service.uri().resolve("/metrics")).body());
        }
        try (Program promtool = Program.start(folder, List.of("sh", "-c", "promtool check metrics < " + metrics))) {
            assertThat(promtool.exitCode()).as(promtool.output()).isZero();
            assertThat(promtool.output()).isEmpty();
        }
    }

    private Program prometheus(URI target, int port) throws IOException {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global:
                  scrape_interval: 1s
                scrape_configs:
                  - job_name: brokertck
                    static_configs:
                      - targets: ['%s']
                """.formatted(target.getAuthority()));
        return Program.start(
                folder,
                List.of(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn"));
    }

    private static String query(URI api, String query) throws IOException, InterruptedException {
        return Http.get(URI.create(api + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .body();
    }
}
