package org.brokertck.cli.mixed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerException;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;

/** Producers that go on at a steady rate whatever happens, and a record of all that was produced and heard. */
final class Traffic implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(3);

    private final RecordedTopics topics;
    private final List<ScheduledExecutorService> producers = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();

    /** Subscribes to each topic, and has one thread produce to it. */
    Traffic(MultiBroker multi, String... topicNames) {
        this.topics = new RecordedTopics(multi::produce, multi::subscribe);
        for (String topic : topicNames) {
            topics.subscribe(topic, message -> {});
        }
        for (String topic : topicNames) {
            ScheduledExecutorService producer =
                    Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "producer-to-" + topic));
            AtomicInteger number = new AtomicInteger();
            producer.scheduleWithFixedDelay(
                    () -> produce(topic, topic + "-" + number.incrementAndGet()),
                    0,
                    PACE.toNanos(),
                    TimeUnit.NANOSECONDS);
            producers.add(producer);
        }
    }

    private void produce(String topic, String id) {
        try {
            topics.produce("producer", topic, Messages.message(id));
            acknowledged.incrementAndGet();
        } catch (BrokerException refused) {
            // In the history, as are those whose outcome is unknown.
        }
    }

    /** Waits until so many more messages were acknowledged. */
    boolean goesOn(int messages, Duration limit) {
        int due = acknowledged.get() + messages;
        return Polling.until(limit, acknowledged::get, it -> it >= due) >= due;
    }

    /** Ends the production and waits for the last produce. */
    void stop(Duration limit) throws InterruptedException {
        for (ScheduledExecutorService producer : producers) {
            producer.shutdown();
            if (!producer.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("a produce has not returned after " + limit);
            }
        }
    }

    /** What happened, once all that was acknowledged has been handled, or so much time has passed. */
    BrokerHistory settled(Duration limit) {
        return Polling.until(limit, topics::history, it -> new NothingLost().judge(it) instanceof Verdict.Valid);
    }

    /** Figures for the reader of the test's output. */
    static String describe(BrokerHistory history) {
        return "%d acknowledged, %d of unknown outcome, %d refused, %d handled"
                .formatted(
                        count(history, Outcome.OK),
                        count(history, Outcome.UNKNOWN),
                        count(history, Outcome.REFUSED),
                        history.handlings().size());
    }

    private static long count(BrokerHistory history, Outcome outcome) {
        return history.produces().stream().filter(it -> it.outcome() == outcome).count();
    }

    @Override
    public void close() {
        producers.forEach(ScheduledExecutorService::shutdownNow);
    }
}
