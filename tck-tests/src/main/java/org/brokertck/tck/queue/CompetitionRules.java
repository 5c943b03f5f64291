package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.check.OneAtATime;
import org.brokertck.tck.check.OneSuccess;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Consumers compete for messages, share the work, and each handles one message at a time. */
public interface CompetitionRules extends QueueRules {
    @Test
    @Verifies("Q-4")
    default void aBusyHandlerIsNotCalledAgain() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-4")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produceAll(Messages.numbered(5));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.stays(() -> queue.recorded().attempts() == 1);
            gate.open();
            queue.judgeSettled(new OneAtATime());
        }
    }

    /** A retry that falls due while its consumer is busy must wait for it, as any other message must. */
    @Test
    @Verifies("Q-4")
    default void aRetryDoesNotBreakIntoABusyHandler() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-4")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> {
                if (message.id().equals("held")) {
                    gate.handle(message);
                } else if (message.retries() == 0) {
                    throw new IllegalStateException("so that its retry falls due while the other is held");
                }
            });
            queue.produce(Messages.message("retried", 1));
            queue.produce(Messages.message("held"));
            queue.await("the start of the held handler", () -> gate.inside() == 1);
            queue.stays(() -> queue.recorded().attempts() == 2);
            gate.open();
            queue.judgeSettled(new OneAtATime());
        }
    }

    @Property
    @Verifies("Q-4")
    default void noHandlerOverlapsItself(@ForAll(supplier = Workloads.Failing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-4", workload, new OneAtATime());
    }

    /** Two consumers are two, be it with one handler: both work, and one that is closed leaves the other one alone. */
    @Test
    @Verifies("Q-5")
    default void oneHandlerMayConsumeTwice() {
        Gate gate = new Gate(timeouts().await());
        Set<String> handled = ConcurrentHashMap.newKeySet();
        MessageHandler handler = message -> {
            gate.handle(message);
            handled.add(message.id());
        };
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-5")) {
            // Not recorded, since a recorded handler is another one each time.
            List<Consumer> consumers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                consumers.add(queue.call(
                        "consume", timeouts().await(), () -> queue.unrecorded().consume(handler)));
            }
            queue.produceAll(Messages.numbered(2));
            queue.await("two messages in hand, where one handler consumes twice", () -> gate.inside() == 2);
            gate.open();
            queue.await("the end of both", () -> handled.size() == 2);
            queue.close(consumers.get(0));
            queue.produce(Messages.message("after"));
            queue.await(
                    "that a handler is given a message by the second of its consumers, when the first is closed",
                    () -> handled.contains("after"));
        } finally {
            gate.open();
        }
    }

    @Test
    @Verifies("Q-5")
    default void competingConsumersHandleEachMessageOnce() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-5")) {
            for (int i = 0; i < 5; i++) {
                queue.consume(message -> {});
            }
            queue.produceAll(Messages.numbered(100));
            queue.judgeSettled(new NoLoss().and(new OneSuccess()));
        }
    }

    /** A handler that takes its time must not have its message handed to a second consumer meanwhile. */
    @Test
    @Verifies("Q-5")
    default void aMessageInHandIsNotHandedOut() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-5")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produce(Messages.message("held", 3));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.consume(message -> {});
            queue.stays(() -> queue.recorded().attempts() == 1);
            gate.open();
            queue.judgeSettled(new NoLoss().and(new OneSuccess()));
        }
    }

    /** However long it takes: a lease or a visibility timeout that runs out under a live handler is a fault. */
    @Test
    @Verifies("Q-5")
    @Needs(clock = true)
    default void aMessageIsNotHandedOutHoweverLongItIsInHand() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, time.target(), "Q-5", Names.fresh("Q-5"), config().build())) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produce(Messages.message("held", 3));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.consume(message -> {});
            time.clock().advance(Duration.ofDays(2));
            queue.produce(Messages.message("sentinel"));
            queue.awaitAttempts(2);
            queue.stays(() -> queue.recorded().attempts() == 2);
            gate.open();
            queue.judgeSettled(new NoLoss().and(new OneSuccess()));
        }
    }

    @Property
    @Verifies("Q-5")
    default void eachMessageSucceedsOnce(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-5", workload, new NoLoss().and(new OneSuccess()));
    }

    @Test
    @Verifies("Q-6")
    default void asManyMessagesAreInHandAsThereAreConsumers() {
        shareTheWork(4, 4, 0);
    }

    @Property
    @Verifies("Q-6")
    default void theWorkIsShared(
            @ForAll @IntRange(min = 1, max = 5) int early,
            @ForAll @IntRange(max = 3) int late,
            @ForAll @IntRange(max = 5) int more) {
        shareTheWork(early, late, more);
    }

    /** Some consumers are there before the messages, some come later; there is a message for each, and some more. */
    private void shareTheWork(int early, int late, int more) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-6")) {
            Gate gate = new Gate(timeouts().await().multipliedBy(2));
            IntStream.range(0, early).forEach(i -> queue.consume(gate));
            queue.produceAll(Messages.numbered(early + late + more));
            IntStream.range(0, late).forEach(i -> queue.consume(gate));
            AtomicInteger most = new AtomicInteger();
            boolean shared = queue.happensWithin(timeouts().await(), () -> {
                most.accumulateAndGet(gate.inside(), Math::max);
                return gate.inside() == early + late;
            });
            gate.open();
            queue.require(
                    shared,
                    "%d consumers were blocked in their handlers where %d consumers and %d messages are"
                            .formatted(most.get(), early + late, early + late + more));
            queue.judgeSettled(new NoLoss());
        }
    }

    /** Held messages are no reason to hold back those of later consumers. */
    @Test
    @Verifies("Q-6")
    default void aConsumerThatJoinsLaterGetsWhatOthersHaveNotBegun() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-6")) {
            Gate gate = new Gate(timeouts().await().multipliedBy(2));
            queue.consume(gate);
            queue.produceAll(Messages.numbered(10));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.consume(message -> {});
            boolean all = queue.awaitAttempts(10);
            gate.open();
            queue.require(
                    all,
                    "one consumer was blocked and another free, but only %d of 10 messages were begun"
                            .formatted(queue.recorded().attempts()));
            queue.judgeSettled(new NoLoss());
        }
    }
}
