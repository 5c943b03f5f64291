package org.brokertck.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrafanaDashboardTest {
    private static final Pattern METRIC = Pattern.compile("brokertck_[a-z_]+");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(brokertck_[a-z_]+)[ {]");

    @Test
    void everyMetricOfEveryQueryIsServed() throws IOException {
        GrafanaDashboard dashboard = GrafanaDashboard.read();
        assertThat(dashboard.queries())
                .hasSizeGreaterThan(15)
                .allMatch(it -> METRIC.matcher(it).find());
        try (SampleService service = SampleService.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            // What is quick is handed on a moment later, so the first scrape may not show it yet.
            await().untilAsserted(() -> assertServed(dashboard, service));
        }
    }

    private static void assertServed(GrafanaDashboard dashboard, SampleService service)
            throws IOException, InterruptedException {
        String metrics = Http.get(service.uri().resolve("/metrics")).body();
        Set<String> served =
                SAMPLE.matcher(metrics).results().map(it -> it.group(1)).collect(Collectors.toCollection(TreeSet::new));
        for (String query : dashboard.queries()) {
            assertThat(METRIC.matcher(query).results().map(MatchResult::group))
                    .as(query)
                    .isSubsetOf(served);
        }
    }
}
