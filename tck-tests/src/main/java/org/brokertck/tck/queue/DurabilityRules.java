package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
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
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What is unsettled outlives the instance, and the server process. */
public interface DurabilityRules extends QueueRules {
    @Test
    @Verifies("Q-24")
    default void whatIsUnsettledIsThereWhenTheQueueIsOpenedAgain() {
        reopen("Q-24", 5, 2, () -> {}, Reopened.Settled.STAY_AWAY);
    }

    @Property
    @Verifies("Q-24")
    default void anyRestIsThereWhenTheQueueIsOpenedAgain(
            @ForAll @IntRange(min = 1, max = 10) int produced, @ForAll @IntRange(max = 10) int handled) {
        reopen("Q-24", produced, Math.min(produced, handled), () -> {}, Reopened.Settled.STAY_AWAY);
    }

    /** A handler that outlives the drain timeout has settled nothing, whatever it does then. */
    @Test
    @Verifies("Q-24")
    default void whatWasInHandWhenTheDrainTimeoutRanOutIsThereAgain() {
        String name = Names.fresh("Q-24");
        Duration delay = timeouts().quiet().multipliedBy(2);
        QueueConfig impatient = config().backoff(Backoff.fixed(delay))
                .drainTimeout(timeouts().quiet())
                .build();
        try (QueueUnderTest first = QueueUnderTest.open(this, target(), "Q-24", name, impatient)) {
            Gate gate = new Gate(timeouts().await());
            first.consume(gate);
            first.produceAll(Messages.numbered(3));
            first.await("the start of a handler", () -> gate.inside() == 1);
            first.closeForReopening();
        }
        new Reopened(this, "Q-24", name, Messages.numbered(3), List.of(), 0).require(Reopened.Settled.STAY_AWAY);
    }

    @Test
    @Verifies("Q-25")
    @Needs(faults = Fault.KILL)
    default void whatIsUnsettledIsThereAfterTheServerWasKilledAndStarted() {
        try (Server server = Server.of(target())) {
            reopen("Q-25", 5, 2, server::killAndStart, Reopened.Settled.MAY_COME_AGAIN);
        }
    }

    @Costly
    @Property
    @Verifies("Q-25")
    @Needs(faults = Fault.KILL)
    default void anyRestIsThereAfterTheServerWasKilledAndStarted(
            @ForAll @IntRange(min = 2, max = 10) int produced, @ForAll @IntRange(max = 5) int handled) {
        try (Server server = Server.of(target())) {
            reopen(
                    "Q-25",
                    produced,
                    Math.min(produced, handled),
                    server::killAndStart,
                    Reopened.Settled.MAY_COME_AGAIN);
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
            new Reopened(this, "Q-25", name, Messages.numbered(20), List.of(), 0).require(Reopened.Settled.STAY_AWAY);
        }
    }

    /**
     * One message fails its first attempt and waits for its retry, one becomes a dead letter, some are handled, the rest is
     * not touched; then the queue is closed, something happens, and the queue is opened again.
     */
    private void reopen(String rule, int produced, int handled, Runnable meanwhile, Reopened.Settled settled) {
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
        List<Message> untouched = rest.subList(handled, produced);
        new Reopened(this, rule, name, untouched, List.of(retried.withRetries(1)), 1).require(settled);
    }

    /** The settings of both instances. */
    default QueueConfig durable() {
        Duration delay = timeouts().quiet().multipliedBy(2);
        return config().backoff(Backoff.fixed(delay)).build();
    }
}
