package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What is unsettled outlives the instance, and the server process. */
public interface DurabilityRules extends QueueRules {
    @Test
    @Verifies("Q-24")
    default void whatIsUnsettledIsThereWhenTheQueueIsOpenedAgain() {
        reopen("Q-24", 5, 2, () -> {});
    }

    @Property
    @Verifies("Q-24")
    default void anyRestIsThereWhenTheQueueIsOpenedAgain(
            @ForAll @IntRange(min = 1, max = 10) int produced, @ForAll @IntRange(max = 10) int handled) {
        reopen("Q-24", produced, Math.min(produced, handled), () -> {});
    }

    @Test
    @Verifies("Q-25")
    @Needs(faults = Fault.KILL)
    default void whatIsUnsettledIsThereAfterTheServerWasKilledAndStarted() {
        try (Server server = Server.of(target())) {
            reopen("Q-25", 5, 2, server::killAndStart);
        }
    }

    @Costly
    @Property
    @Verifies("Q-25")
    @Needs(faults = Fault.KILL)
    default void anyRestIsThereAfterTheServerWasKilledAndStarted(
            @ForAll @IntRange(min = 2, max = 10) int produced, @ForAll @IntRange(max = 5) int handled) {
        try (Server server = Server.of(target())) {
            reopen("Q-25", produced, Math.min(produced, handled), server::killAndStart);
        }
    }

    /** The server dies under the open queue, whose close then must not hang, before the queue is opened again. */
    @Test
    @Verifies("Q-25")
    @Needs(faults = Fault.KILL)
    default void whatIsUnsettledSurvivesAServerThatDiesUnderTheOpenQueue() {
        String name = Names.fresh("Q-25");
        try (Server server = Server.of(target())) {
            QueueUnderTest first = QueueUnderTest.open(this, target(), "Q-25", name, durable());
            first.produceAll(Messages.numbered(20));
            server.kill();
            first.closeForReopening();
            server.start();
            requireRest(name, "Q-25", Messages.numbered(20), List.of(), 0);
        }
    }

    /**
     * One message fails its first attempt and waits for its retry, one becomes a dead letter, some are handled, the rest is
     * not touched; then the queue is closed, something happens, and the queue is opened again.
     */
    private void reopen(String rule, int produced, int handled, Runnable meanwhile) {
        String name = Names.fresh(rule);
        List<Message> rest = new ArrayList<>(Messages.numbered(produced));
        Message retried = Messages.message("retried", 3);
        Message dead = Messages.message("dead");
        try (QueueUnderTest first = QueueUnderTest.open(this, target(), rule, name, durable())) {
            first.produce(retried);
            first.produce(dead);
            first.produceAll(rest);
            CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
            self.complete(first.consume(message -> {
                if (first.recorded().attempts() == handled + 2) {
                    self.join().close();
                }
                if (message.id().equals("retried") || message.id().equals("dead")) {
                    throw new IllegalStateException("fails by plan");
                }
            }));
            first.awaitMetrics(
                    "%d messages are handled, one is dead and one waits for its retry".formatted(handled),
                    it -> it.consumed() == handled && it.deadLetters() == 1 && it.failed() == 2);
            first.closeForReopening();
        }
        meanwhile.run();
        requireRest(name, rule, rest.subList(handled, produced), List.of(retried.withRetries(1)), 1);
    }

    private void requireRest(String name, String rule, List<Message> rest, List<Message> retried, int dead) {
        try (QueueUnderTest second = QueueUnderTest.open(this, target(), rule, name, durable())) {
            List<Message> received = Collections.synchronizedList(new ArrayList<>());
            second.consume(received::add);
            int due = rest.size() + retried.size();
            second.happensWithin(timeouts().await().plus(durable().backoff().maxDelay()), () -> received.size() >= due);
            second.stays(() -> received.size() == due);
            List<Message> firstAttempts = List.copyOf(received).stream()
                    .filter(it -> it.retries() == 0)
                    .toList();
            List<Message> others = List.copyOf(received).stream()
                    .filter(it -> it.retries() > 0)
                    .toList();
            second.require(
                    firstAttempts.equals(rest),
                    "unsettled and not yet attempted were %s; the queue opened again delivered %s"
                            .formatted(ids(rest), ids(firstAttempts)));
            second.require(
                    others.equals(retried),
                    "waiting for a retry were %s; the queue opened again delivered %s".formatted(retried, others));
            second.require(
                    second.deadLetters().size() == dead,
                    "%d dead letters were parked; the queue opened again lists %s"
                            .formatted(dead, second.deadLetters()));
        }
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private QueueConfig durable() {
        Duration delay = timeouts().quiet().multipliedBy(2);
        return config().backoff(Backoff.fixed(delay)).build();
    }
}
