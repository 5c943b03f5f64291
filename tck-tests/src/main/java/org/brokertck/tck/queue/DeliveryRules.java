package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.check.NothingAfterSuccess;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Every message is settled, once, and equal ids make no difference. */
public interface DeliveryRules extends QueueRules {
    /** The seed's first test: what is produced is received, and counted on both sides. */
    @Test
    @Verifies("Q-1")
    default void whatIsProducedIsReceived() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-1")) {
            queue.consume(message -> {});
            queue.produce(Messages.builder("test-1").topic("test").maxRetries(3).build());
            queue.judgeSettled(new NoLoss().and(new NoInvention()).and(new MetricsExact()));
        }
    }

    @Test
    @Verifies("Q-1")
    default void whatWasProducedBeforeAConsumerCameIsReceived() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-1")) {
            queue.produceAll(Messages.numbered(50));
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss());
        }
    }

    @Test
    @Verifies("Q-1")
    default void aLongQueueIsWorkedOffToItsEnd() {
        int count = target().capabilities().contains(Capability.REMOTE) ? 300 : 5_000;
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-1", config().capacity(count).build())) {
            queue.produceAll(Messages.numbered(count));
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss());
        }
    }

    /** A queue has no right to let messages expire, nor dead letters. */
    @Test
    @Verifies("Q-1")
    @Needs(clock = true)
    default void messagesDoNotExpire() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, time.target(), "Q-1", Names.fresh("Q-1"), config().build())) {
            queue.produceAll(Messages.numbered(3));
            time.clock().advance(Duration.ofDays(400));
            queue.consume(message -> {
                if (message.id().equals("m-1")) {
                    throw new IllegalStateException("so that it becomes a dead letter");
                }
            });
            queue.awaitSettled();
            time.clock().advance(Duration.ofDays(400));
            queue.judgeSettled(new NoLoss());
        }
    }

    @Property
    @Verifies("Q-1")
    default void everyMessageIsSettled(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-1", workload, new NoLoss());
    }

    @Test
    @Verifies("Q-7")
    default void aHandledMessageNeverComesAgain() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-7")) {
            queue.produceAll(IntStream.range(0, 10)
                    .mapToObj(i -> Messages.message("m-" + i, 3))
                    .toList());
            var consumer = queue.consume(message -> {});
            queue.awaitSettled();
            queue.close(consumer);
            queue.consume(message -> {});
            queue.stays(() -> queue.recorded().attempts() == 10);
            queue.judgeSettled(new NothingAfterSuccess());
        }
    }

    @Property
    @Verifies("Q-7")
    default void nothingComesAfterSuccess(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-7", workload, new NothingAfterSuccess());
    }

    @Test
    @Verifies("Q-27")
    default void messagesWithEqualIdsAreDifferentMessages() {
        equalIds(List.of(1, 3, 2));
    }

    @Property
    @Verifies("Q-27")
    default void equalMessagesAreAllDelivered(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 5) Integer> copies) {
        equalIds(copies);
    }

    /** Produces one id with several payloads, each so many times; some while equal ones are being handled. */
    private void equalIds(List<Integer> copies) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            byte[] payload = {(byte) i};
            messages.addAll(Collections.nCopies(
                    copies.get(i), Messages.builder("same").payload(payload).build()));
        }
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-27")) {
            Map<Integer, Integer> received = new ConcurrentHashMap<>();
            queue.produceAll(messages.subList(0, messages.size() / 2));
            queue.consume(message -> received.merge((int) message.payload()[0], 1, Integer::sum));
            queue.produceAll(messages.subList(messages.size() / 2, messages.size()));
            boolean all = queue.awaitAttempts(messages.size());
            queue.require(
                    all,
                    "%d messages with one id were produced and %d delivered: copies by payload %s, received %s"
                            .formatted(messages.size(), queue.recorded().attempts(), copies, received));
            QueueMetrics expected = new QueueMetrics(messages.size(), messages.size(), 0, 0, 0);
            queue.awaitMetrics("messages with equal ids count each: " + expected + " is due", expected::equals);
            queue.require(
                    queue.recorded().attempts() == messages.size(),
                    "%d messages with one id were produced and %d delivered"
                            .formatted(messages.size(), queue.recorded().attempts()));
        }
    }

    /** Their failures are counted apart, and each becomes a dead letter of its own. */
    @Test
    @Verifies("Q-27")
    default void messagesWithEqualIdsFailEachForItself() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-27")) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produceAll(Collections.nCopies(3, Messages.message("same", 2)));
            queue.require(
                    queue.awaitAttempts(9),
                    "3 messages with one id and maxRetries=2 failed always, and were attempted %d times, not 9"
                            .formatted(queue.recorded().attempts()));
            queue.awaitMetrics("3 messages with one id become 3 dead letters", it -> it.deadLetters() == 3);
            List<DeadLetter> letters = queue.deadLetters();
            queue.require(
                    letters.size() == 3 && letters.stream().allMatch(it -> it.attempts() == 3),
                    "3 messages with one id failed 3 times each; the dead letters are " + letters);
        }
    }
}
