package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Fault;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Connections are few, shared and replaced; a server that cannot be reached is told clearly, and used again when it is back. */
public interface ConnectionRules extends PartitionedRules {
    /** How many records go before a fault and after it. */
    int EACH = 30;

    @Test
    @Verifies("L-23")
    default void manyProducersShareFewConnections() {
        share(12, 3);
    }

    @Property
    @Verifies("L-23")
    default void anyNumberOfProducersSharesTheConnectionsThereMayBe(
            @ForAll @IntRange(min = 1, max = 16) int producers, @ForAll @IntRange(min = 2, max = 6) int connections) {
        share(producers, connections);
    }

    private void share(int producers, int connections) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-23", 2, config().maxConnections(connections).build())) {
            broker.subscribe(record -> {});
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger most = new AtomicInteger();
            Running<Boolean> counter = Bounded.startRun("counter", () -> {
                while (!done.get()) {
                    most.accumulateAndGet(broker.unrecorded().metrics().activeConnections(), Math::max);
                    LockSupport.parkNanos(500_000);
                }
            });
            produceAtOnce(broker, "r", producers);
            failAtOnce(broker, connections + 1);
            produceAtOnce(broker, "after", producers);
            done.set(true);
            broker.join("counting", counter);
            broker.judgeSettled(new NothingLost());
            broker.require(
                    most.get() >= 1 && most.get() <= connections,
                    "%d producers used up to %d connections, where %d are allowed"
                            .formatted(producers, most.get(), connections));
        }
    }

    private static void produceAtOnce(BrokerUnderTest broker, String prefix, int producers) {
        List<Running<Boolean>> running = IntStream.range(0, producers)
                .mapToObj(p -> Bounded.startRun(
                        "producer-" + p,
                        () -> IntStream.range(0, EACH)
                                .forEach(i -> broker.recorded()
                                        .produce("p" + p, TOPIC, Records.of("key-" + i, prefix + "-" + p + "-" + i)))))
                .toList();
        running.forEach(it -> broker.join("produce by one of " + producers, it));
    }

    /** Calls that fail give back what they borrowed, as those that succeed do. */
    private void failAtOnce(BrokerUnderTest broker, int times) {
        for (int i = 0; i < times; i++) {
            broker.refused(
                    BrokerException.class,
                    "produce to an unknown topic",
                    () -> broker.unrecorded().produce("unknown", Records.of("key", "lost")));
            broker.refused(
                    BrokerException.class,
                    "produce of a record too large",
                    () -> broker.unrecorded()
                            .produce(
                                    TOPIC,
                                    KeyedMessage.of(
                                            "key", new byte[target().limits().maxPayloadBytes() + 1])));
            broker.refused(
                    IllegalArgumentException.class,
                    "createTopic with another number",
                    () -> broker.unrecorded().createTopic(TOPIC, 3));
        }
    }

    @Test
    @Verifies("L-23")
    @Needs(faults = Fault.CUT)
    default void aBrokenConnectionIsReplaced() {
        int connections = 3;
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "L-23", 2, config().maxConnections(connections).build())) {
            broker.subscribe(record -> {});
            for (int round = 0; round < connections + 2; round++) {
                produceAtOnce(broker, "before-" + round, 2);
                server.cutConnections();
                int turn = round;
                boolean again = broker.happensWithin(timeouts().recovery(), () -> produced(broker, "after-" + turn));
                broker.require(
                        again,
                        "after cut %d no produce succeeded within %s"
                                .formatted(round, timeouts().recovery()));
                int open = broker.metrics().activeConnections();
                broker.require(
                        open <= connections,
                        "after cut %d there are %d connections, where %d are allowed"
                                .formatted(round, open, connections));
            }
            broker.recorded().await(broker.recorded()::isSettled, timeouts().recovery());
            broker.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("G-13")
    default void anUnreachableServerOfABrokerIsNamedWithoutItsPassword() {
        requireUnavailable(1);
    }

    @Property
    @Verifies("G-13")
    default void anUnreachableServerOfABrokerIsNamedEveryTime(@ForAll @Size(min = 1, max = 3) List<Boolean> calls) {
        requireUnavailable(calls.size());
    }

    private void requireUnavailable(int times) {
        Unreachable nowhere = target().unreachable()
                .orElseThrow(
                        () -> new Inconclusive(
                                SpecCatalogue.shipped().rule("G-13"),
                                "the target declares 'remote', for which unreachable() must give a target that points nowhere"));
        try (BrokerUnderTest probe = BrokerUnderTest.open(this, "G-13", 1)) {
            for (int i = 0; i < times; i++) {
                BrokerUnavailableException refusal = probe.refused(
                        BrokerUnavailableException.class,
                        "use of a broker on a server that is not there",
                        () -> use(nowhere));
                requireClear(probe, refusal, nowhere);
            }
        }
    }

    /** An adapter may connect when it is opened, or only when it must. */
    private void use(Unreachable nowhere) {
        PartitionedConfig config = config().produceTimeout(timeouts().tolerance())
                .drainTimeout(timeouts().tolerance())
                .build();
        try (PartitionedBroker broker = nowhere.target().openPartitioned(Names.fresh("G-13"), config)) {
            broker.createTopic(TOPIC, 1);
        }
    }

    private static void requireClear(BrokerUnderTest probe, BrokerUnavailableException refusal, Unreachable nowhere) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        probe.require(
                String.valueOf(refusal.getMessage()).contains(nowhere.address()),
                "the refusal does not name the address %s: %s".formatted(nowhere.address(), refusal));
        probe.require(
                !text.toString().contains(nowhere.password()),
                "the refusal, or one of its causes, shows the password of the unreachable server");
    }

    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.KILL)
    default void aServerThatDiesUnderABrokerIsTold() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "G-13", 2, config().produceTimeout(patience).build())) {
            broker.produce(Records.of("key", "before"));
            server.kill();
            boolean told = broker.happensWithin(timeouts().recovery(), () -> tellsUnavailable(broker, patience));
            server.start();
            broker.require(told, "produce never told that the server is gone");
        }
    }

    /** Such a server keeps its connections, so that nothing but the produce timeout ends the wait for it. */
    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.PAUSE)
    default void aServerThatStandsStillHoldsNoProducerOfRecordsUp() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "G-13", 2, config().produceTimeout(patience).build())) {
            broker.produce(Records.of("key", "before"));
            server.pause();
            try {
                tellsUnavailable(broker, patience);
                long start = System.nanoTime();
                broker.metrics();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                broker.require(
                        took.compareTo(timeouts().tolerance()) <= 0,
                        "metrics never wait for a server, and took %s while it stood still".formatted(took));
            } finally {
                server.resume();
            }
        }
    }

    /** The call under way when the server dies may not know its outcome; soon after, the server is known to be gone. */
    private boolean tellsUnavailable(BrokerUnderTest broker, Duration patience) {
        long start = System.nanoTime();
        BrokerException refusal = broker.refused(
                BrokerException.class,
                "produce to a server that does not answer",
                () -> broker.unrecorded().produce(TOPIC, Records.of("key", "to nobody")));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        broker.require(
                took.compareTo(patience.plus(timeouts().tolerance())) <= 0,
                "produce to a server that does not answer failed after %s with a produce timeout of %s"
                        .formatted(took, patience));
        broker.require(
                refusal instanceof BrokerUnavailableException || refusal instanceof OperationTimeoutException,
                "produce to a server that does not answer threw " + refusal);
        return refusal instanceof BrokerUnavailableException;
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.CUT)
    default void theSameBrokerWorksAfterItsConnectionsWereCut() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::cutConnections, server::cutConnections));
        }
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.KILL)
    default void theSameBrokerWorksAfterItsServerCameBack() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::killAndStart));
        }
    }

    @Property
    @Verifies("G-14")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void theSameBrokerWorksAfterAnyInterruption(@ForAll @Size(min = 1, max = 3) List<Boolean> pauses) {
        try (Server server = Server.of(target())) {
            worksAfter(pauses.stream()
                    .<Runnable>map(it -> it ? () -> pauseAndCut(server) : server::cutConnections)
                    .toList());
        }
    }

    private static void pauseAndCut(Server server) {
        server.pause();
        server.cutConnections();
        server.resume();
    }

    /** Members from before the fault handle what a producer from before the fault sends after it. */
    private void worksAfter(List<Runnable> faults) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-14", 3)) {
            broker.subscribe(record -> {});
            broker.subscribe(record -> {});
            broker.produceAll(Records.spread("before-", 9));
            broker.awaitSettled();
            for (int i = 0; i < faults.size(); i++) {
                faults.get(i).run();
                int turn = i;
                boolean produced = broker.happensWithin(timeouts().recovery(), () -> produced(broker, "after-" + turn));
                broker.require(
                        produced,
                        "produce did not work again within " + timeouts().recovery() + " after a fault");
                boolean handled = broker.recorded()
                        .await(broker.recorded()::isSettled, timeouts().recovery());
                broker.require(
                        handled,
                        "the members did not go on within " + timeouts().recovery() + " after a fault");
            }
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    /** One record to each of several keys, so that every partition has some. */
    private static boolean produced(BrokerUnderTest broker, String prefix) {
        try {
            for (int i = 0; i < 9; i++) {
                broker.recorded()
                        .produce("main", TOPIC, Records.of("key-" + i, prefix + "-" + i + "-" + System.nanoTime()));
            }
            return true;
        } catch (BrokerException refusal) {
            return false;
        }
    }
}
