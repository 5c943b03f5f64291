package org.brokertck.tck.history;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;

/**
 * All that happened to one queue. Every message in it has an id of its own.
 *
 * @param config how the queue was opened
 * @param produces all produce calls, by the time at which they began
 * @param attempts all invocations of handlers, by the time at which they began
 * @param consumers all consumers, by the time at which they joined
 * @param samples all readings of the metrics, by the time at which they were asked for
 * @param deadLetters the dead letters at the end, as listed
 * @param closing when close was called; {@link Long#MAX_VALUE} when it was not
 * @param closed when it returned; {@link Long#MAX_VALUE} when it has not
 * @param settled whether the driver saw every message settled before it stopped waiting
 */
public record QueueHistory(
        QueueConfig config,
        List<ProduceCall> produces,
        List<Attempt> attempts,
        List<ConsumerSpan> consumers,
        List<MetricsSample> samples,
        List<DeadLetter> deadLetters,
        long closing,
        long closed,
        boolean settled) {
    /** Of attempts that began at the same reading of the clock, those that also ended at it came before the others. */
    private static final Comparator<Attempt> IN_TIME = Comparator.comparingLong(Attempt::started)
            .thenComparingLong(Attempt::ended)
            .thenComparingInt(it -> it.message().retries());

    /** Sorts and isolates the lists. */
    public QueueHistory {
        produces = sorted(produces);
        attempts = attempts.stream().sorted(IN_TIME).toList();
        consumers = sorted(consumers);
        samples = sorted(samples);
        deadLetters = List.copyOf(deadLetters);
    }

    /** The attempts at each message, in order; messages never attempted are absent. */
    public Map<String, List<Attempt>> attemptsById() {
        return attempts.stream().collect(Collectors.groupingBy(Attempt::id, LinkedHashMap::new, Collectors.toList()));
    }

    /** The attempts of each consumer, in order; consumers that handled nothing are absent. */
    public Map<String, List<Attempt>> attemptsByConsumer() {
        return attempts.stream()
                .collect(Collectors.groupingBy(Attempt::consumer, LinkedHashMap::new, Collectors.toList()));
    }

    /** The produce call of each message. */
    public Map<String, ProduceCall> producesById() {
        return produces.stream().collect(Collectors.toMap(ProduceCall::id, it -> it, (a, b) -> a, LinkedHashMap::new));
    }

    /** The first attempt at each message, by the time at which it began. */
    public List<Attempt> firstAttempts() {
        return attemptsById().values().stream().map(it -> it.get(0)).toList();
    }

    private static <T extends Moment> List<T> sorted(List<T> moments) {
        return moments.stream().sorted(Comparator.comparingLong(Moment::at)).toList();
    }
}
