package org.brokertck.benchmarks.topics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.pubsub.InMemoryPubSubBroker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time to publish to one subscriber among many that the topic does not concern. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PublishBenchmark {
    private static final String TOPIC = Subscriptions.topic(0);

    /** How many do not match. */
    @Param({"10", "100000"})
    public int subscriptions = 10;

    private final PubSubBroker broker = InMemoryPubSubBroker.open(
            "bench", PubSubConfig.builder().bufferCapacity(16).build());
    private final Message message =
            Message.builder().id("record").topic(TOPIC).payload(new byte[25]).build();

    private final Subscription matching = broker.subscribe(TOPIC);

    /** Subscribes. */
    @Setup
    public void subscribe() {
        Subscriptions.NOT_MATCHING.patterns(subscriptions).forEach(broker::subscribeWithPattern);
        publish();
        if (matching.poll(Duration.ZERO).isEmpty()) {
            throw new IllegalStateException("What was published did not arrive");
        }
    }

    /** Publishes one message, which drops the oldest of those that nobody takes. */
    @Benchmark
    public void publish() {
        broker.publish(TOPIC, message);
    }

    /** Closes. */
    @TearDown
    public void close() {
        broker.close();
    }
}
