package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.jspecify.annotations.Nullable;

/** Compares a snapshot with what it must show; null stands for no figure. */
record Figures(MonitorUnderTest monitor, MetricsSnapshot snapshot) {
    private static final double ROUNDING = 1e-6;
    private static final long ROUNDING_NANOS = 1_000;

    static Figures of(MonitorUnderTest monitor, MetricsSnapshot snapshot) {
        return new Figures(monitor, snapshot);
    }

    void requireQueues(Set<String> queues) {
        monitor.require(
                snapshot.processingRates().keySet().equals(queues)
                        && snapshot.totals().keySet().equals(queues),
                "the snapshot shows rates of %s and totals of %s, where %s were recorded"
                        .formatted(
                                snapshot.processingRates().keySet(),
                                snapshot.totals().keySet(),
                                queues));
    }

    void requireDepth(String queue, @Nullable Long due) {
        Long shown = snapshot.queueDepths().get(queue);
        require("depth", queue, Objects.equals(shown, due), shown, due);
    }

    void requireRate(String queue, double due) {
        Double shown = snapshot.processingRates().get(queue);
        require("processing rate", queue, near(shown, due), shown, due);
    }

    void requireErrors(String queue, @Nullable Double due) {
        Double shown = snapshot.errorRates().get(queue);
        require("error rate", queue, near(shown, due), shown, due);
    }

    void requireLatency(String queue, @Nullable Duration due) {
        Duration shown = snapshot.avgLatencies().get(queue);
        boolean same = (shown == null || due == null)
                ? Objects.equals(shown, due)
                : shown.minus(due).abs().toNanos() <= ROUNDING_NANOS;
        require("mean latency", queue, same, shown, due);
    }

    private static boolean near(@Nullable Double shown, @Nullable Double due) {
        return (shown == null || due == null) ? Objects.equals(shown, due) : Math.abs(shown - due) <= ROUNDING;
    }

    private void require(String figure, String queue, boolean holds, @Nullable Object shown, @Nullable Object due) {
        monitor.require(
                holds,
                "the snapshot shows %s as the %s of '%s', where %s due"
                        .formatted(orNone(shown), figure, queue, orNone(due) + " is"));
    }

    private static String orNone(@Nullable Object figure) {
        return figure == null ? "none" : String.valueOf(figure);
    }
}
