package org.brokertck.reference.pubsub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.TimeSource;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes in, is taken, dropped and ended does so at one moment each, in every interleaving of two threads. */
@Param(name = "id", gen = IntGen.class, conf = "0:9")
public class SubscriptionModelTest {
    private static final int CAPACITY = 2;

    private final TopicCounter counter = new TopicCounter();
    private final InMemorySubscription subscription = new InMemorySubscription(
            TopicPattern.of("a"),
            PubSubConfig.builder()
                    .bufferCapacity(CAPACITY)
                    .overflow(OverflowPolicy.DROP_OLDEST)
                    .build(),
            new StandingTime(),
            it -> {});

    @Operation
    public void offer(@Param(name = "id") int id) {
        subscription.offer(new Copy(Message.builder().id("m" + id).build(), counter));
    }

    @Operation
    public @Nullable String take() {
        return subscription.poll(Duration.ZERO).map(Message::id).orElse(null);
    }

    @Operation
    public long dropped() {
        return subscription.dropped();
    }

    @Operation
    public void close() {
        subscription.close();
    }

    @Operation
    public boolean hasEnded() {
        return subscription.endReason().isPresent();
    }

    @Test
    void everyCallTakesEffectAtOneMoment() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(20)
                .invocationsPerIteration(200)
                .sequentialSpecification(Model.class)
                .check(getClass());
    }

    /** Time that stands still, and has nothing in it that Lincheck would have to look into. */
    private static final class StandingTime implements TimeSource {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public boolean awaitUntil(Lock lock, Condition condition, long deadlineNanos) {
            return false;
        }
    }

    /** What a subscription does, one call at a time. */
    public static class Model {
        private final ArrayDeque<String> buffered = new ArrayDeque<>();
        private long dropped;
        private boolean ended;

        public void offer(int id) {
            if (!ended) {
                buffered.add("m" + id);
                if (buffered.size() > CAPACITY) {
                    buffered.remove();
                    dropped++;
                }
            }
        }

        public @Nullable String take() {
            return buffered.poll();
        }

        public long dropped() {
            return dropped;
        }

        public void close() {
            ended = true;
        }

        public boolean hasEnded() {
            return ended;
        }
    }
}
