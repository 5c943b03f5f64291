package org.brokertck.tck.queue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.DuplicatesBounded;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Faults lose nothing that was acknowledged, and repeat no more than was in hand. */
public interface FaultRules extends QueueRules {
    /** The topic of messages that no fault meets in hand. */
    String IN_PEACE = "in peace";

    /** How many of them there are. */
    int HANDLED_IN_PEACE = 6;

    /** What a server may suffer and come back from. */
    enum Blow {
        /** All connections break. */
        CUT,
        /** The server stands still for a moment. */
        PAUSE,
        /** The server stands still while its connections break. */
        PAUSE_AND_CUT,
        /** The server process dies and is started again. */
        RESTART;

        private void strike(Server server) {
            switch (this) {
                case CUT -> server.cutConnections();
                case PAUSE -> {
                    server.pause();
                    LockSupport.parkNanos(20_000_000);
                    server.resume();
                }
                case PAUSE_AND_CUT -> {
                    server.pause();
                    server.cutConnections();
                    server.resume();
                }
                case RESTART -> server.killAndStart();
            }
        }
    }

    @Test
    @Verifies("Q-29")
    @Needs(faults = Fault.CUT)
    default void aMessageInHandSurvivesTheCutOfItsConnection() {
        cutWhileHandling(1, 10);
    }

    @Property
    @Verifies("Q-29")
    @Needs(faults = Fault.CUT)
    default void messagesInHandSurviveTheCutOfTheirConnections(
            @ForAll @IntRange(min = 1, max = 4) int consumers, @ForAll @IntRange(min = 1, max = 10) int messages) {
        cutWhileHandling(consumers, messages);
    }

    /**
     * Some messages are handled in peace, whose acknowledgements a cut must not take back; the next are in hand when it comes,
     * and every second of those fails.
     */
    private void cutWhileHandling(int consumers, int messages) {
        try (Server server = Server.of(target());
                QueueUnderTest queue = QueueUnderTest.open(this, "Q-29")) {
            Gate gate = new Gate(timeouts().await());
            Set<String> failing = ConcurrentHashMap.newKeySet();
            IntStream.range(0, messages).filter(i -> i % 2 == 0).forEach(i -> failing.add("m-" + i));
            IntStream.range(0, consumers)
                    .forEach(i -> queue.consume(message -> {
                        if (message.topic().equals(IN_PEACE)) {
                            return;
                        }
                        gate.handle(message);
                        if (failing.remove(message.id())) {
                            throw new IllegalStateException("fails over the cut, so that it must come again");
                        }
                    }));
            queue.produceAll(IntStream.range(0, HANDLED_IN_PEACE)
                    .mapToObj(
                            i -> Messages.builder("before-" + i).topic(IN_PEACE).build())
                    .toList());
            queue.awaitMetrics("what came before the cut is handled", it -> it.consumed() == HANDLED_IN_PEACE);
            queue.produceAll(IntStream.range(0, messages)
                    .mapToObj(i -> Messages.message("m-" + i, 3))
                    .toList());
            int held = Math.min(consumers, messages);
            queue.await(held + " handlers to be running", () -> gate.inside() == held);
            queue.stays(() -> gate.inside() == held);
            server.cutConnections();
            gate.open();
            requireSettled(queue);
            // Whoever was cut may hand its message out again a little later: give it the time, then count.
            int attempts = queue.recorded().attempts();
            queue.stays(() -> queue.recorded().attempts() <= attempts + held);
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new DuplicatesBounded(held)));
        }
    }

    @Test
    @Verifies("Q-30")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void whatWasProducedUnderCutsIsSettled() {
        produceUnder(List.of(Blow.CUT, Blow.PAUSE, Blow.CUT, Blow.PAUSE_AND_CUT), 2);
    }

    @Test
    @Verifies("Q-30")
    @Needs(faults = {Fault.CUT, Fault.PAUSE, Fault.KILL})
    default void whatWasProducedOverARestartIsSettled() {
        produceUnder(List.of(Blow.CUT, Blow.RESTART, Blow.PAUSE), 2);
    }

    @Property
    @Verifies("Q-30")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void whatWasProducedUnderAnyCutsAndPausesIsSettled(
            @ForAll @Size(min = 1, max = 4) List<@From("passing") Blow> blows,
            @ForAll @IntRange(min = 1, max = 3) int producers) {
        produceUnder(blows, producers);
    }

    /** The blows that pass in milliseconds. */
    @Provide
    default Arbitrary<Blow> passing() {
        return Arbitraries.of(Blow.CUT, Blow.PAUSE, Blow.PAUSE_AND_CUT);
    }

    @Costly
    @Property
    @Verifies("Q-30")
    @Needs(faults = {Fault.CUT, Fault.PAUSE, Fault.KILL})
    default void whatWasProducedUnderAnyFaultsIsSettled(@ForAll @Size(min = 1, max = 2) List<Blow> blows) {
        produceUnder(blows, 2);
    }

    /** Producers and a consumer are busy while one fault follows the other; then all that was acknowledged must be settled. */
    private void produceUnder(List<Blow> blows, int producers) {
        try (Server server = Server.of(target());
                QueueUnderTest queue = QueueUnderTest.open(
                        this, "Q-30", config().capacity(1_000_000).build())) {
            AtomicBoolean done = new AtomicBoolean();
            queue.consume(message -> {});
            List<Running<Boolean>> running = IntStream.range(0, producers)
                    .mapToObj(p -> Bounded.startRun("producer-" + p, () -> produceUntil(done, queue, "p" + p)))
                    .toList();
            for (Blow blow : blows) {
                int soFar = queue.recorded().attempts();
                queue.recorded()
                        .await(
                                () -> queue.recorded().attempts() > soFar + 20,
                                timeouts().await());
                blow.strike(server);
            }
            done.set(true);
            running.forEach(it -> queue.call(
                    "a produce over a fault",
                    timeouts().recovery().multipliedBy(2),
                    () -> it.await(timeouts().recovery())));
            requireSettled(queue);
            queue.judgeSettled(new NoInvention().and(new NoLoss()));
        }
    }

    private void requireSettled(QueueUnderTest queue) {
        // Judged below as loss where it does not come; only the patience differs from other tests.
        queue.recorded().await(queue.recorded()::isSettled, timeouts().recovery());
    }

    private static void produceUntil(AtomicBoolean done, QueueUnderTest queue, String producer) {
        for (int i = 0; !done.get(); i++) {
            try {
                queue.recorded().produce(producer, Messages.message(producer + "-m" + i));
            } catch (BrokerException refusal) {
                // Recorded; the next message is tried after a breath, so that a dead server is not flooded.
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
