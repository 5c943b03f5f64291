package org.brokertck.tck.pubsub;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.check.pubsub.TopicCountsSteady;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** The metrics count what happened, per topic and within bounds. */
public interface CountRules extends PubSubRules {
    @Test
    @Verifies("P-17")
    default void eachTopicHasItsCounts() {
        try (PubSubUnderTest broker =
                PubSubUnderTest.open(this, "P-17", config().bufferCapacity(2).build())) {
            require(broker, "before anything happened", new TopicCounts(0, 0, 0), new TopicCounts(0, 0, 0), 0);
            RecordedSubscription exact = broker.subscribe("order.created");
            RecordedSubscription pattern = broker.subscribeWithPattern("order.*");
            require(broker, "with two subscriptions", new TopicCounts(0, 0, 0), new TopicCounts(0, 0, 0), 2);
            broker.publishAll("order.created", Messages.numbered(3));
            broker.publish("user.created", Messages.message("unheard"));
            broker.awaitDropped(exact, 1);
            broker.awaitDropped(pattern, 1);
            require(
                    broker,
                    "with 3 messages for 2 buffers of 2",
                    new TopicCounts(3, 0, 2),
                    new TopicCounts(1, 0, 0),
                    2);
            broker.next(exact);
            broker.next(pattern);
            broker.next(pattern);
            require(broker, "when 3 were taken", new TopicCounts(3, 3, 2), new TopicCounts(1, 0, 0), 2);
            broker.close(exact);
            require(broker, "when one was closed", new TopicCounts(3, 3, 2), new TopicCounts(1, 0, 0), 1);
            broker.unsubscribe("order.*");
            require(broker, "when both had ended", new TopicCounts(3, 3, 2), new TopicCounts(1, 0, 0), 0);
            broker.require(
                    isRemote() || exact.gaps() + pattern.gaps() == 0,
                    "a subscription says that it had gaps, where there is no server to lose");
        }
    }

    private static void require(
            PubSubUnderTest broker, String when, TopicCounts orders, TopicCounts users, int subscriptions) {
        broker.awaitMetrics(
                "%s order.created is due to count %s, user.created %s, and %d to live"
                        .formatted(when, orders, users, subscriptions),
                it -> it.of("order.created").equals(orders)
                        && it.of("user.created").equals(users)
                        && it.subscriptions() == subscriptions
                        && it.total().equals(orders.plus(users)));
    }

    /** What makes way for a message of another topic is counted under its own. */
    @Test
    @Verifies("P-17")
    default void aDropIsCountedUnderTheTopicOfWhatWasDropped() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            dropAmongTopics(policy, 2, List.of(0, 0, 1, 1, 1));
        }
    }

    @Property
    @Verifies("P-17")
    default void anyDropIsCountedUnderTheTopicOfWhatWasDropped(
            @ForAll OverflowPolicy policy,
            @ForAll @IntRange(min = 1, max = 4) int capacity,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 2) Integer> topics) {
        dropAmongTopics(policy, capacity, topics);
    }

    /** One subscription takes nothing while a message is published to each of these topics in turn. */
    private void dropAmongTopics(OverflowPolicy policy, int capacity, List<Integer> topics) {
        int over = Math.max(0, topics.size() - capacity);
        List<Integer> dropped = policy == OverflowPolicy.DROP_OLDEST
                ? topics.subList(0, over)
                : topics.subList(topics.size() - over, topics.size());
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this, "P-17", config().bufferCapacity(capacity).overflow(policy).build())) {
            RecordedSubscription subscription = broker.subscribeWithPattern("order.*");
            topics.forEach(it -> broker.publish("order.n" + it, Messages.message("of-" + it)));
            broker.awaitDropped(subscription, over);
            for (int topic : topics.stream().distinct().toList()) {
                TopicCounts due =
                        new TopicCounts(Collections.frequency(topics, topic), 0, Collections.frequency(dropped, topic));
                broker.awaitMetrics(
                        "a buffer of %d that drops by %s was given messages of the topics n%s, so order.n%d is due to count %s"
                                .formatted(capacity, policy, topics, topic, due),
                        it -> it.of("order.n" + topic).equals(due));
            }
        }
    }

    @Test
    @Verifies("P-17")
    default void noMoreTopicsAreToldApartThanConfigured() {
        publishToManyTopics(3, 8);
    }

    @Property
    @Verifies("P-17")
    default void anyNumberOfTopicsIsCountedWithinTheBound(
            @ForAll @IntRange(min = 1, max = 5) int counted, @ForAll @IntRange(min = 1, max = 12) int topics) {
        publishToManyTopics(counted, topics);
    }

    /** The i-th topic is published to i times, so that no two topics count alike. */
    private void publishToManyTopics(int counted, int topics) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(
                this, "P-17", config().countedTopics(counted).build())) {
            RecordedSubscription all = broker.subscribeWithPattern("order.*");
            broker.onPublisher(
                    "publish to many topics",
                    () -> IntStream.rangeClosed(1, topics)
                            .forEach(i -> IntStream.range(0, i)
                                    .forEach(n -> broker.recorded()
                                            .publish(
                                                    PubSubUnderTest.MAIN,
                                                    "order.n" + i,
                                                    Messages.message("m-" + i + "-" + n)))));
            int messages = topics * (topics + 1) / 2;
            for (int i = 0; i < messages; i++) {
                broker.next(all);
            }
            broker.awaitMetrics(
                    "%d messages to %d topics were published and taken".formatted(messages, topics),
                    it -> it.total().equals(new TopicCounts(messages, messages, 0)));
            requireBounded(broker, broker.metrics(), counted, topics);
        }
    }

    private static void requireBounded(PubSubUnderTest broker, PubSubMetrics metrics, int counted, int topics) {
        int due = Math.min(counted, topics);
        broker.require(
                metrics.topics().size() == due,
                "%d topics were used, of which %d are to be told apart; the metrics tell %d apart: %s"
                        .formatted(topics, counted, metrics.topics().size(), metrics));
        metrics.topics().forEach((topic, counts) -> {
            int n = Integer.parseInt(topic.substring("order.n".length()));
            broker.require(
                    counts.equals(new TopicCounts(n, n, 0)),
                    "%d messages were published to '%s' and taken; the metrics say %s".formatted(n, topic, counts));
        });
    }

    /** Topics that come at once, when there is room for some of them: the race is repeated for as long as the tolerance is. */
    @Test
    @Verifies("P-17")
    default void noMoreTopicsAreToldApartHoweverManyComeAtOnce() {
        int publishers = 4;
        long start = System.nanoTime();
        do {
            try (PubSubUnderTest broker =
                    PubSubUnderTest.open(this, "P-17", config().countedTopics(2).build())) {
                CyclicBarrier together = new CyclicBarrier(publishers);
                List<Running<Boolean>> running = IntStream.range(0, publishers)
                        .mapToObj(i -> Bounded.startRun("publish", () -> publishTogether(broker, together, i)))
                        .toList();
                running.forEach(it -> broker.run(
                        "publish of several at once",
                        timeouts().await().multipliedBy(2),
                        () -> it.await(timeouts().await())));
                PubSubMetrics metrics = broker.metrics();
                broker.require(
                        metrics.topics().size() == 2 && metrics.total().equals(new TopicCounts(3L * publishers, 0, 0)),
                        "%d topics were published to at once, 3 times each; 2 of them are to be told apart, and the metrics are %s"
                                .formatted(publishers, metrics));
            }
        } while (System.nanoTime() - start < timeouts().tolerance().toNanos());
    }

    private void publishTogether(PubSubUnderTest broker, CyclicBarrier together, int publisher) {
        try {
            together.await(timeouts().await().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the publishers of the test did not come together", e);
        }
        for (int i = 0; i < 3; i++) {
            broker.unrecorded().publish("order.n" + publisher, Messages.message("m-" + publisher + "-" + i));
        }
    }

    @Test
    @Verifies("P-17")
    @Needs(capabilities = Capability.REMOTE)
    default void anInstanceCountsItsOwnPublishesAndDeliveries() {
        try (PubSubUnderTest publisher = PubSubUnderTest.open(this, "P-17");
                PubSubUnderTest subscriber =
                        PubSubUnderTest.open(this, target(), "P-17", publisher.name(), config().build())) {
            RecordedSubscription subscription = subscriber.subscribe("order.created");
            publisher.publishAll("order.created", Messages.numbered(3));
            IntStream.range(0, 3).forEach(i -> subscriber.next(subscription));
            publisher.awaitMetrics(
                    "this instance published 3 and took none",
                    it -> it.of("order.created").equals(new TopicCounts(3, 0, 0)) && it.subscriptions() == 0);
            subscriber.awaitMetrics(
                    "this instance published none and took 3",
                    it -> it.of("order.created").equals(new TopicCounts(0, 3, 0)) && it.subscriptions() == 1);
        }
    }

    @Property
    @Verifies("P-17")
    default void theCountsAreExactAtRestAndNeverAhead(
            @ForAll(supplier = PubSubWorkloads.Overflowing.class) PubSubWorkload workload) {
        PubSubDriver.judgeSampled(this, "P-17", workload, new TopicCountsSteady().and(new TopicCountsExact()));
    }

    @Property
    @Verifies("P-17")
    default void theCountsOfThoseWhoComeAndGoAreExact(
            @ForAll(supplier = PubSubWorkloads.ComingAndGoing.class) PubSubWorkload workload) {
        PubSubDriver.judgeSampled(this, "P-17", workload, new TopicCountsSteady().and(new TopicCountsExact()));
    }

    /** Refused, hence not counted: tested beside those that are. */
    @Test
    @Verifies("P-17")
    default void whatIsRefusedIsNotCounted() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-17")) {
            broker.subscribeWithPattern("#");
            for (String topic : List.of("order.*", "", "a..b")) {
                broker.refused(
                        IllegalArgumentException.class,
                        "publish to '" + topic + "'",
                        () -> broker.recorded().publish("refused", topic, Messages.message("refused-" + topic)));
            }
            broker.publishAll("order.created", Messages.numbered(2));
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(new TopicCountsExact());
        }
    }
}
