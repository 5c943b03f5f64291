package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Producers that wait for room: for how long, what they are told, and who is woken. */
public interface RoomRules extends QueueRules {
    /** The timeout counts from the beginning of the call, however often the caller is woken for a place that another takes. */
    @Test
    @Verifies("Q-21")
    @Needs(clock = true, capabilities = Capability.BOUNDED)
    default void placesThatOthersTakeDoNotProlongTheProduceTimeout() {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration timeout = Duration.ofMinutes(1);
        QueueConfig config = config().capacity(1).produceTimeout(timeout).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, time.target(), "Q-21", Names.fresh("Q-21"), config)) {
            Gate first = new Gate(timeouts().await());
            Gate next = new Gate(timeouts().await().multipliedBy(3));
            queue.consume(message -> (message.id().equals("first") ? first : next).handle(message));
            queue.produce(Messages.message("first"));
            queue.await("the start of a handler", () -> first.inside() == 1);
            List<Running<Boolean>> waiting =
                    List.of(FullQueue.startBlocked(queue, "second"), FullQueue.startBlocked(queue, "third"));
            time.clock().advance(timeout.dividedBy(2));
            first.open();
            queue.await("the start of a handler", () -> next.inside() == 1);
            queue.await(
                    "a produce for which there is room", () -> waiting.stream().anyMatch(Running::isDone));
            Running<Boolean> last = waiting.get(waiting.get(0).isDone() ? 1 : 0);
            time.clock().advance(timeout.dividedBy(2).plusMillis(1));
            queue.require(
                    Polling.until(timeouts().await(), last::isDone, it -> it),
                    "a produce still waits for room %s after its call, with a produce timeout of %s; meanwhile one place was free, which another produce took"
                            .formatted(timeout.plusMillis(1), timeout));
            queue.refused(
                    QueueFullException.class,
                    "a produce whose timeout has passed",
                    () -> last.await(timeouts().await()));
            next.open();
        }
    }

    /** Whoever has given up takes no place, and no signal that there is one. */
    @Test
    @Verifies("Q-22")
    @Needs(clock = true, capabilities = Capability.BOUNDED)
    default void roomIsNotOfferedToProducersThatHaveGivenUp() {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration timeout = Duration.ofMinutes(1);
        QueueConfig config = config().capacity(1).produceTimeout(timeout).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, time.target(), "Q-22", Names.fresh("Q-22"), config)) {
            Gate gate = new Gate(timeouts().await().multipliedBy(3));
            queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<Boolean>> early =
                    List.of(FullQueue.startBlocked(queue, "early-0"), FullQueue.startBlocked(queue, "early-1"));
            time.clock().advance(timeout.dividedBy(2));
            Running<Boolean> late = FullQueue.startBlocked(queue, "late");
            time.clock().advance(timeout.dividedBy(2).plusMillis(1));
            early.forEach(it -> queue.refused(
                    QueueFullException.class,
                    "a produce whose timeout has passed",
                    () -> it.await(timeouts().await())));
            FullQueue.requireBlocked(queue, List.of(late));
            gate.open();
            queue.require(
                    Polling.until(timeouts().await(), late::isDone, it -> it),
                    "2 producers waited for room and gave up, then a place became free, and the produce that waits behind them goes on waiting");
            queue.call(
                    "produce", timeouts().await(), () -> late.await(timeouts().await()));
        }
    }

    /** Room comes as the timeout ends: the produce tells truly whether its message is in. */
    @Test
    @Verifies("Q-21")
    @Needs(inMemory = true, capabilities = Capability.BOUNDED)
    default void whatIsRefusedAtTheLastMomentIsNotDelivered() {
        Duration timeout = Duration.ofMillis(2);
        QueueConfig config = config().capacity(1).produceTimeout(timeout).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-21", config)) {
            // About as long as the producers wait.
            queue.consume(message -> Polling.spin(timeout.toNanos() - 100_000));
            List<Running<Boolean>> producers = IntStream.range(0, 4)
                    .mapToObj(p -> Bounded.startRun(
                            "produce",
                            () -> IntStream.range(0, 60).forEach(i -> tryProduce(queue, "p" + p + "-m" + i))))
                    .toList();
            producers.forEach(it -> queue.call(
                    "produce",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    private static void tryProduce(QueueUnderTest queue, String id) {
        try {
            queue.recorded().produce(id, Messages.message(id));
        } catch (QueueFullException refused) {
            // As it may be; what matters is that it is told truly.
        }
    }

    /** Nobody waits for such a close, but whoever waits for room must hear of it. */
    @Test
    @Verifies("Q-22")
    default void aBlockedProducerIsRefusedWhenAHandlerClosesTheQueue() {
        QueueConfig config = config().capacity(1)
                .produceTimeout(timeouts().await().multipliedBy(3))
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-22", config)) {
            Gate gate = new Gate(timeouts().await());
            Gate after = new Gate(timeouts().await());
            queue.consume(message -> {
                gate.handle(message);
                queue.unrecorded().close();
                after.handle(message);
            });
            queue.produce(Messages.message("closes"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            Running<Boolean> blocked = FullQueue.startBlocked(queue, "blocked");
            gate.open();
            queue.refused(
                    ClosedException.class,
                    "a produce blocked on a queue that a handler closes",
                    () -> blocked.await(timeouts().await().dividedBy(2)));
            after.open();
            queue.closeNow();
        }
    }
}
