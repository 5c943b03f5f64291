package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.tck.workload.monitoring.PlannedRecord;
import org.brokertck.tck.workload.monitoring.PlannedRecord.Kind;
import org.jspecify.annotations.Nullable;

/** What a monitor must show after these recordings; null stands for no figure. */
record RecordModel(List<PlannedRecord> records) {
    static RecordModel of(List<PlannedRecord> records) {
        return new RecordModel(List.copyOf(records));
    }

    Set<String> queues() {
        Set<String> queues = new LinkedHashSet<>();
        records.forEach(it -> queues.add(it.queue()));
        return queues;
    }

    private Stream<PlannedRecord> of(String queue, Kind kind) {
        return records.stream().filter(it -> it.queue().equals(queue) && it.kind() == kind);
    }

    private long count(String queue, Kind kind) {
        return of(queue, kind).count();
    }

    @Nullable
    Long depth(String queue) {
        return last(queue, Kind.DEPTH);
    }

    @Nullable
    Long inFlight(String queue) {
        return last(queue, Kind.IN_FLIGHT);
    }

    private @Nullable Long last(String queue, Kind kind) {
        return of(queue, kind)
                .reduce((earlier, later) -> later)
                .map(it -> (long) it.amount())
                .orElse(null);
    }

    long succeeded(String queue) {
        return count(queue, Kind.SUCCEEDED);
    }

    private long attempts(String queue) {
        return succeeded(queue) + count(queue, Kind.FAILED);
    }

    @Nullable
    Double errorRate(String queue) {
        long attempts = attempts(queue);
        return attempts == 0 ? null : (Double) (count(queue, Kind.FAILED) / (double) attempts);
    }

    @Nullable
    Duration meanLatency(String queue) {
        long attempts = attempts(queue);
        return attempts == 0
                ? null
                : durations(queue).reduce(Duration.ZERO, Duration::plus).dividedBy(attempts);
    }

    /** How long each attempt at the queue took. */
    Stream<Duration> durations(String queue) {
        return Stream.concat(of(queue, Kind.SUCCEEDED), of(queue, Kind.FAILED)).map(PlannedRecord::duration);
    }

    QueueTotals totals(String queue) {
        return new QueueTotals(
                count(queue, Kind.PRODUCED),
                of(queue, Kind.PRODUCED).mapToLong(PlannedRecord::amount).sum(),
                succeeded(queue),
                count(queue, Kind.FAILED),
                count(queue, Kind.RETRIED),
                count(queue, Kind.DEAD_LETTERED));
    }
}
