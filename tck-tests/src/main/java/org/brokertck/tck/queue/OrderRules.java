package org.brokertck.tck.queue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.FirstInFirstOut;
import org.brokertck.tck.check.GoneForGood;
import org.brokertck.tck.check.LinearizableHandOff;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** First in, first out: for one consumer, over a change of consumers, and as a linearizable hand-off to many. */
public interface OrderRules extends QueueRules {
    @Test
    @Verifies("Q-3")
    default void oneConsumerStartsMessagesInTheOrderInWhichTheyWereProduced() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-3")) {
            queue.produceAll(Messages.numbered(100));
            queue.consume(message -> {});
            queue.judgeSettled(new FirstInFirstOut());
        }
    }

    @Test
    @Verifies("Q-3")
    default void messagesThatFailDoNotUpsetTheOrderOfFirstAttempts() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-3")) {
            queue.consume(message -> {
                if (message.retries() < message.maxRetries()) {
                    throw new IllegalStateException("fails until its last retry");
                }
            });
            queue.produceAll(IntStream.range(0, 40)
                    .mapToObj(i -> Messages.message("m-" + i, i % 3))
                    .toList());
            queue.judgeSettled(new FirstInFirstOut());
        }
    }

    /** Half of many messages are handled before more come: those are the last all the same, wherever the others were kept. */
    @Test
    @Verifies("Q-3")
    default void aLongQueueKeepsItsOrder() {
        int many = 2400;
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-3", config().capacity(2 * many).build())) {
            List<Message> messages = Messages.numbered(many);
            queue.produceAll(messages.subList(0, many / 2));
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> {
                if (message.id().equals("m-" + many / 4)) {
                    gate.handle(message);
                }
            });
            queue.await("the handling of a quarter of the messages", () -> gate.inside() == 1);
            queue.produceAll(messages.subList(many / 2, many));
            gate.open();
            queue.judgeSettled(new FirstInFirstOut());
        }
    }

    /** What a handler produces comes after what is there, like anybody's. */
    @Test
    @Verifies("Q-3")
    default void whatAHandlerProducesComesLast() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-3")) {
            queue.produceAll(Messages.numbered(10));
            queue.consume(message -> {
                if (message.id().startsWith("m-")) {
                    queue.recorded().produce("handler", Messages.message("from-" + message.id()));
                }
            });
            queue.awaitAttempts(20);
            queue.judgeSettled(new FirstInFirstOut());
        }
    }

    @Property
    @Verifies("Q-3")
    default void firstAttemptsKeepTheOrder(@ForAll(supplier = Workloads.OneConsumer.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-3", workload, new FirstInFirstOut());
    }

    @Test
    @Verifies("Q-26")
    default void aClosedConsumerHandsItsMessagesOnInTheirPlace() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26")) {
            Gate gate = new Gate(timeouts().await());
            RecordedConsumer first = queue.consume(gate);
            queue.produceAll(Messages.numbered(20));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            Running<Boolean> closer = Bounded.startRun("close of a consumer", first::close);
            queue.require(
                    queue.stays(StillWaiting.in(closer)), "close of a consumer returned while its handler was running");
            gate.open();
            queue.call(
                    "close of a consumer",
                    timeouts().await().multipliedBy(2),
                    () -> closer.await(timeouts().await()));
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss().and(new FirstInFirstOut()));
        }
    }

    /** One consumer after the other handles its share and closes itself; the last one takes the rest. */
    @Property
    @Verifies("Q-26")
    default void aRelayOfConsumersKeepsTheOrder(
            @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 6) Integer> shares) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26")) {
            queue.produceAll(Messages.numbered(30));
            for (int share : shares) {
                int target = queue.recorded().attempts() + share;
                CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
                RecordedConsumer consumer = queue.consume(message -> {
                    if (queue.recorded().attempts() >= target) {
                        self.join().close();
                    }
                });
                self.complete(consumer);
                queue.awaitAttempts(target);
                queue.close(consumer);
            }
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss().and(new FirstInFirstOut()));
        }
    }

    @Property
    @Verifies("Q-26")
    default void consumersThatLeaveLoseNothingAndAreGone(
            @ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-26", workload, new NoLoss().and(new GoneForGood()));
    }

    @Test
    @Verifies("Q-31")
    default void severalProducersAndConsumersHandOverLinearizably() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-31")) {
            for (int i = 0; i < 3; i++) {
                queue.consume(message -> {});
            }
            List<Running<Boolean>> producers = IntStream.range(0, 3)
                    .mapToObj(p -> Bounded.startRun(
                            "producer-" + p,
                            () -> IntStream.range(0, 50)
                                    .forEach(i -> queue.recorded()
                                            .produce("producer-" + p, Messages.message("p" + p + "-m" + i)))))
                    .toList();
            producers.forEach(it -> queue.call(
                    "produce",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            queue.judgeSettled(new LinearizableHandOff());
        }
    }

    @Property
    @Verifies("Q-31")
    default void theHandOffIsLinearizable(@ForAll(supplier = Workloads.Calm.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-31", workload, new LinearizableHandOff());
    }
}
