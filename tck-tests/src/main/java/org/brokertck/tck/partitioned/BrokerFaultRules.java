package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.List;
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
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.partitioned.CommitsForward;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.OnePartitionPerKey;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Faults of the server lose nothing that was acknowledged, change no order, and take nothing back. */
public interface BrokerFaultRules extends PartitionedRules {
    /** What a server may suffer and come back from. */
    enum Strike {
        /** All connections break. */
        CUT,
        /** The server stands still for a moment. */
        PAUSE,
        /** The server stands still while its connections break. */
        PAUSE_AND_CUT,
        /** The server process dies and is started again. */
        RESTART;

        private void at(Server server) {
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
    @Verifies("L-22")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void acknowledgedRecordsSurviveCutsAndPauses() {
        produceUnder(List.of(Strike.CUT, Strike.PAUSE, Strike.CUT, Strike.PAUSE_AND_CUT), 2);
    }

    @Test
    @Verifies("L-22")
    @Needs(faults = {Fault.CUT, Fault.PAUSE, Fault.KILL})
    default void acknowledgedRecordsSurviveARestart() {
        produceUnder(List.of(Strike.CUT, Strike.RESTART, Strike.PAUSE), 2);
    }

    @Property
    @Verifies("L-22")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void acknowledgedRecordsSurviveAnyCutsAndPauses(
            @ForAll @Size(min = 1, max = 3) List<@From("passingStrikes") Strike> strikes,
            @ForAll @IntRange(min = 1, max = 3) int producers) {
        produceUnder(strikes, producers);
    }

    /** The strikes that pass in milliseconds. */
    @Provide
    default Arbitrary<Strike> passingStrikes() {
        return Arbitraries.of(Strike.CUT, Strike.PAUSE, Strike.PAUSE_AND_CUT);
    }

    @Costly
    @Property
    @Verifies("L-22")
    @Needs(faults = {Fault.CUT, Fault.PAUSE, Fault.KILL})
    default void acknowledgedRecordsSurviveAnyStrikes(@ForAll @Size(min = 1, max = 2) List<Strike> strikes) {
        produceUnder(strikes, 2);
    }

    @Test
    @Verifies("L-22")
    @Needs(faults = Fault.CUT)
    default void whatIsInHandWhenConnectionsAreCutIsNotLost() {
        strikeWhileHandling(Strike.CUT);
    }

    @Test
    @Verifies("L-22")
    @Needs(faults = Fault.KILL)
    default void whatIsInHandWhenTheServerDiesIsNotLost() {
        strikeWhileHandling(Strike.RESTART);
    }

    /** Some records are handled in peace, whose commits a fault must not take back; the next one is in hand when it strikes. */
    private void strikeWhileHandling(Strike strike) {
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(this, "L-22", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(record -> {
                if (RecordId.of(record).startsWith("held")) {
                    gate.handleStubbornly(record);
                    // A commit that goes back is made good soon: only who looks at every step sees it.
                    readCommits(broker);
                }
            });
            broker.produceAll(Records.ofKey("key", "peace-", 15));
            broker.awaitSettled();
            broker.produceAll(Records.ofKey("key", "held-", 5));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            readCommits(broker);
            strike.at(server);
            readCommits(broker);
            gate.open();
            broker.recorded().await(broker.recorded()::isSettled, timeouts().recovery());
            readCommits(broker);
            broker.judgeSettled(new NothingInvented()
                    .and(new NothingLost())
                    .and(new KeysInOrder())
                    .and(new CommitsForward()));
        }
    }

    /** Until the server answers again. */
    private void readCommits(BrokerUnderTest broker) {
        if (claims(Capability.OFFSETS)) {
            broker.happensWithin(timeouts().recovery(), () -> {
                try {
                    broker.recorded().committed(TOPIC, GROUP);
                    return true;
                } catch (BrokerException notYet) {
                    return false;
                }
            });
        }
    }

    /** Producers and two members are busy while one fault follows the other; then all that was acknowledged must be settled. */
    private void produceUnder(List<Strike> strikes, int producers) {
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(this, "L-22", 3)) {
            AtomicBoolean done = new AtomicBoolean();
            broker.subscribe(record -> {});
            broker.subscribe(record -> {});
            List<Running<Boolean>> running = new ArrayList<>();
            IntStream.range(0, producers)
                    .forEach(p ->
                            running.add(Bounded.startRun("producer-" + p, () -> produceUntil(done, broker, "p" + p))));
            if (claims(Capability.OFFSETS)) {
                running.add(Bounded.startRun("reader of commits", () -> readUntil(done, broker)));
            }
            for (Strike strike : strikes) {
                int soFar = broker.recorded().attempts();
                broker.happens(() -> broker.recorded().attempts() > soFar + 20);
                strike.at(server);
            }
            int soFar = broker.recorded().attempts();
            broker.recorded()
                    .await(
                            () -> broker.recorded().attempts() > soFar + 20,
                            timeouts().recovery());
            done.set(true);
            running.forEach(it -> broker.call(
                    "a call over a fault",
                    timeouts().recovery().multipliedBy(2),
                    () -> it.await(timeouts().recovery())));
            // Judged below as loss where it does not come; only the patience differs from other tests.
            broker.recorded().await(broker.recorded()::isSettled, timeouts().recovery());
            broker.judgeSettled(new NothingInvented()
                    .and(new NothingLost())
                    .and(new KeysInOrder())
                    .and(new OnePartitionPerKey())
                    .and(new CommitsForward()));
        }
    }

    private static void produceUntil(AtomicBoolean done, BrokerUnderTest broker, String producer) {
        for (int i = 0; !done.get(); i++) {
            KeyedMessage message = Records.of("key-" + i % 5, producer + "-r" + i);
            try {
                if (i % 3 == 0) {
                    broker.recorded().produceAsync(producer, TOPIC, message);
                } else {
                    broker.recorded().produce(producer, TOPIC, message);
                }
            } catch (BrokerException refusal) {
                // Recorded; the next record is tried after a breath, so that a dead server is not flooded.
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private static void readUntil(AtomicBoolean done, BrokerUnderTest broker) {
        while (!done.get()) {
            try {
                broker.recorded().committed(TOPIC, GROUP);
            } catch (BrokerException refusal) {
                // No reading, no finding.
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
