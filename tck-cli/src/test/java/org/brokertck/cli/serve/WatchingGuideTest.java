package org.brokertck.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.brokertck.api.message.Message;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.queue.InMemoryQueue;
import org.brokertck.telemetry.Tracing;
import org.junit.jupiter.api.Test;

/** The guide {@code docs/WATCHING.md}: its code stands here, where it is compiled and run. */
class WatchingGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "WATCHING.md");
    private static final Path SOURCE =
            Path.of("src/test/java/org/brokertck/cli/serve", WatchingGuideTest.class.getSimpleName() + ".java");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern METRIC = Pattern.compile("`(brokertck_[a-z_]+)`");

    private final OpenTelemetry openTelemetry = OpenTelemetry.noop();
    private final Pager pager = new Pager();

    @Test
    void theCodeOfTheGuideWorks() {
        QueueMonitor monitor = InMemoryQueueMonitor.open(
                "shop", MonitorConfig.builder().serveOnLoopback().build());
        BrokerWatch watch = BrokerWatch.on(monitor);

        MessageQueue orders = watch.queue(InMemoryQueue.open("orders", QueueConfig.defaults()));
        System.out.println("Dashboard: " + monitor.endpoint().orElseThrow() + "/");

        monitor.setupAlerts(List.of(AlertRule.builder("backlog")
                .metric(AlertMetric.QUEUE_DEPTH)
                .condition(Condition.GREATER)
                .threshold(1000)
                .duration(Duration.ofMinutes(5))
                .severity(Severity.CRITICAL)
                .description("Orders pile up: add consumers.")
                .callback(alert -> pager.call(alert.description()))
                .build()));

        Tracing tracing = Tracing.of(openTelemetry, "in_memory");
        MessageQueue traced = tracing.queue(orders);

        Message message = Message.builder().build();
        traced.produce(message);
        await().until(() -> monitor.snapshot().totalsOf("orders").produced() == 1);
        Context context = tracing.contextOf(message);
        assertThat(context).isNotNull();
        traced.close();
        watch.close();
        monitor.close();
        assertThat(pager.calls).isEmpty();
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        String source = squeezed(Files.readString(SOURCE));
        List<String> snippets = JAVA.matcher(Files.readString(GUIDE))
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(snippets).hasSize(4).allSatisfy(it -> assertThat(source).contains(squeezed(it)));
    }

    @Test
    void theGuideNamesMetricsThatExist() throws IOException {
        List<String> names = new ArrayList<>(MetricNames.BY_QUEUE);
        names.addAll(MetricNames.OVERALL);
        assertThat(METRIC.matcher(Files.readString(GUIDE)).results().map((MatchResult it) -> it.group(1)))
                .hasSizeGreaterThan(10)
                .isSubsetOf(names);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    /** Whom an alert calls. */
    private static final class Pager {
        private final List<String> calls = new ArrayList<>();

        void call(String text) {
            calls.add(text);
        }
    }
}
