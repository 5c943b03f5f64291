package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** Closing is final, repeatable, possible from anywhere, and leaves no thread behind. */
public interface BrokerClosingRules extends PartitionedRules {
    /** The operations that a broker that was shut down refuses. */
    enum LateUse {
        /** A topic that is there. */
        CREATE,
        /** A new topic. */
        CREATE_NEW,
        /** A record. */
        PRODUCE,
        /** A record that nobody waits for. */
        PRODUCE_ASYNC,
        /** A batch. */
        PRODUCE_BATCH,
        /** A batch without records. */
        PRODUCE_NOTHING,
        /** A member. */
        SUBSCRIBE,
        /** A member that says where to start. */
        SUBSCRIBE_FROM,
        /** Where a group stands. */
        COMMITTED(Capability.OFFSETS),
        /** The log. */
        READ(Capability.REPLAY),
        /** The dead letters, asked for after the shutdown. */
        LIST,
        /** The dead letters, asked for before. */
        LIST_EARLIER,
        /** The purge of dead letters. */
        PURGE_EARLIER;

        private final List<Capability> needs;

        LateUse(Capability... needs) {
            this.needs = List.of(needs);
        }

        @SuppressWarnings({"resource", "FutureReturnValueIgnored"}) // nothing is opened where all is refused
        private void make(PartitionedBroker broker, RecordDeadLetters earlier) {
            switch (this) {
                case CREATE -> broker.createTopic(TOPIC, 2);
                case CREATE_NEW -> broker.createTopic("new", 1);
                case PRODUCE -> broker.produce(TOPIC, Records.of("key", "late"));
                case PRODUCE_ASYNC -> broker.produceAsync(TOPIC, Records.of("key", "late"));
                case PRODUCE_BATCH -> broker.produceBatch(TOPIC, Records.numbered(2, 1));
                case PRODUCE_NOTHING -> broker.produceBatch(TOPIC, List.of());
                case SUBSCRIBE -> broker.subscribe(TOPIC, GROUP, record -> {});
                case SUBSCRIBE_FROM -> broker.subscribe(TOPIC, GROUP, record -> {}, StartFrom.LATEST);
                case COMMITTED -> broker.committed(TOPIC, GROUP);
                case READ -> broker.read(TOPIC, 0, 0, 1);
                case LIST -> broker.deadLetters(TOPIC).list(1);
                case LIST_EARLIER -> earlier.list(1);
                case PURGE_EARLIER -> earlier.purge();
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aBrokerThatWasShutDownRefusesEverythingButItsLastFigures() {
        refuseLate(List.of(LateUse.values()));
    }

    @Property
    @Verifies("G-2")
    default void aBrokerThatWasShutDownRefusesAnySequenceOfUses(@ForAll @Size(min = 1, max = 8) List<LateUse> uses) {
        refuseLate(uses);
    }

    private void refuseLate(List<LateUse> uses) {
        PartitionedConfig config =
                config().rateWindow(Duration.ofDays(365)).deliveryLimit(1).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-2", 2, config)) {
            broker.subscribe(record -> {
                if ("key-1".equals(record.key())) {
                    throw new IllegalStateException("so that there is a dead letter");
                }
            });
            broker.produceAll(Records.numbered(6, 3));
            broker.awaitSettled();
            RecordDeadLetters earlier = broker.unrecorded().deadLetters(TOPIC);
            broker.awaitMetrics("4 records are consumed", it -> it.of(TOPIC).messagesConsumed() == 4);
            var before = broker.metrics().topics();
            broker.closeNow();
            for (LateUse use : uses) {
                if (!use.needs.stream().allMatch(this::claims)) {
                    continue;
                }
                broker.refused(
                        ClosedException.class, use + " after close", () -> use.make(broker.unrecorded(), earlier));
                var after = broker.metrics();
                broker.require(
                        after.topics().equals(before) && after.batches() > 0,
                        "the counts were %s before close; after it and %s the metrics are %s"
                                .formatted(before, use, after));
            }
        }
    }

    /** Its record is left to whoever handles the partition next. */
    @Test
    @Verifies("G-2")
    default void aHandlerThatAShutdownGaveUpCountsNoMore() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-2", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate::handleStubbornly);
            broker.produceAll(Records.ofKey("key", "r-", 1));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            ShutdownReport unused = broker.shutdown(Duration.ZERO);
            var before = broker.metrics().topics();
            gate.open();
            broker.await("the end of a handler that a shutdown gave up", () -> gate.inside() == 0);
            broker.stays(() -> true);
            var after = broker.metrics().topics();
            broker.require(
                    after.equals(before),
                    "the counts were %s when shutdown returned, and are %s after the end of a handler that it gave up"
                            .formatted(before, after));
        }
    }

    @Test
    @Verifies("G-3")
    default void aBrokerMayBeClosedAgainAndBySeveralAtOnce() {
        closeFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void aBrokerMayBeClosedFromInsideAHandler() {
        closeFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void aBrokerMayBeClosedFromAnywhere(
            @ForAll @IntRange(min = 0, max = 4) int outside, @ForAll @IntRange(min = 0, max = 3) int inside) {
        closeFrom(outside, inside);
    }

    private void closeFrom(int outside, int inside) {
        // Longer than the patience below, so that no drain timeout frees a close that waits for its own handler.
        PartitionedConfig config =
                config().drainTimeout(timeouts().await().multipliedBy(3)).build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3", 4, config)) {
            AtomicInteger closings = new AtomicInteger();
            if (inside > 0) {
                broker.subscribe(record -> {
                    broker.unrecorded().close();
                    closings.incrementAndGet();
                });
            }
            IntStream.range(0, inside).forEach(i -> tryProduce(broker, "r-" + i));
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", broker.unrecorded()::close));
            }
            closers.forEach(it -> broker.join("close by one of " + outside + " threads", it));
            // The first of several handlers to close may keep the others from starting, but none may hang in it.
            boolean fromInside = inside == 0
                    || outside > 0
                    || broker.happensWithin(timeouts().await(), () -> closings.get() >= 1);
            broker.require(
                    fromInside,
                    "close from inside a handler did not return within "
                            + timeouts().await());
            broker.closeNow();
            ShutdownReport again = broker.shutdown(Duration.ZERO);
            broker.require(again.isClean(), "a broker that is closed was shut down again, which says " + again);
            broker.refused(
                    ClosedException.class,
                    "produce after close",
                    () -> broker.unrecorded().produce(TOPIC, Records.of("key", "late")));
        }
    }

    /** The first handler may have closed the broker before the later records come. */
    private static void tryProduce(BrokerUnderTest broker, String id) {
        try {
            broker.unrecorded().produce(TOPIC, Records.of(id, id));
        } catch (ClosedException alreadyClosed) {
            // One record is enough to close from.
        }
    }

    /** A member that leaves from inside its own handler has left when that has returned. */
    @Test
    @Verifies("G-3")
    default void aMemberMayLeaveFromInsideItsHandler() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3", 2)) {
            CompletableFuture<GroupMember> self = new CompletableFuture<>();
            AtomicInteger left = new AtomicInteger();
            var member = broker.subscribe(record -> {
                self.join().close();
                left.incrementAndGet();
            });
            self.complete(member.unrecorded());
            broker.produceAll(Records.ofKey("key", "r-", 3));
            broker.require(
                    broker.happensWithin(timeouts().await(), () -> left.get() >= 1),
                    "close of a member from inside its handler did not return");
            broker.require(
                    broker.happensWithin(
                            timeouts().await(), () -> member.partitions().isEmpty()),
                    "a member left from inside its handler, and still has the partitions " + member.partitions());
            int attempts = broker.recorded().attempts();
            broker.require(
                    broker.stays(() -> broker.recorded().attempts() == attempts),
                    "a member that had left from inside its handler was given another record");
            broker.leave(member);
        }
    }

    /** As {@link GroupMember#close()} says, also when its own handler was the first to close it. */
    @Test
    @Verifies("G-3")
    default void everyCloseOfAMemberWaitsForTheSameEnd() {
        for (boolean fromInside : List.of(false, true)) {
            leaveAgain(fromInside);
        }
    }

    private void leaveAgain(boolean fromInside) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", 1, config().drainTimeout(timeouts().recovery()).build())) {
            RecordGate gate = new RecordGate(timeouts().recovery());
            CompletableFuture<GroupMember> self = new CompletableFuture<>();
            self.complete(broker.subscribe(record -> {
                        if (fromInside) {
                            self.join().close();
                        }
                        gate.handle(record);
                    })
                    .unrecorded());
            broker.produce(Records.of("key", "held"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = fromInside ? 1 : 0; i < 2; i++) {
                closers.add(Bounded.startRun("close of a member", self.join()::close));
            }
            broker.require(
                    broker.stays(StillWaiting.in(closers)),
                    "a member was closed twice, the first time %s, and a close returned while its handler was running and time was left"
                            .formatted(fromInside ? "by its own handler" : "from outside as well"));
            gate.open();
            closers.forEach(it -> broker.join("close of a member", it));
        }
    }

    /** It is refused, or ends with its broker. */
    @Test
    @Verifies("G-10")
    default void aSubscribeThatMeetsACloseLeavesNothingBehind() {
        int rounds = target().capabilities().contains(Capability.REMOTE) ? 5 : 40;
        for (int round = 0; round < rounds; round++) {
            ThreadCensus census = ThreadCensus.take();
            try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-10", 2)) {
                broker.subscribe(record -> {});
                String what = "close, and a subscribe that met it";
                Together.closeAnd(
                                what,
                                round,
                                broker::closeNow,
                                () -> broker.unrecorded().subscribe(TOPIC, "late", record -> {}))
                        .forEach(it -> broker.join(what, it));
                List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
                broker.require(
                        left.isEmpty(),
                        "after a subscribe that met a close these threads are still alive: "
                                + ThreadCensus.describe(left));
            }
        }
    }

    @Test
    @Verifies("G-10")
    default void aClosedBrokerLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-10", 5, config().linger(Duration.ofMillis(1)).build())) {
            for (int i = 0; i < 3; i++) {
                broker.subscribe("group-" + i, record -> {
                    if ("key-1".equals(record.key())) {
                        throw new IllegalStateException("so that a retry is waiting");
                    }
                });
            }
            broker.leave(broker.subscribe(record -> {}));
            broker.abandon(broker.subscribe(record -> {}));
            broker.produceAll(Records.numbered(20, 5));
            broker.happens(() -> broker.recorded().attempts() >= 10);
            broker.closeNow();
            requireNoThreadOf(broker, census);
        }
    }

    /** Nobody waits for the end then, so that nobody is there to end what a waiting closer would have ended. */
    @Test
    @Verifies("G-10")
    default void aBrokerClosedFromInsideAHandlerLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        Backoff backoff = Backoff.fixed(timeouts().await().multipliedBy(6));
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "G-10",
                2,
                config().backoff(backoff).linger(Duration.ofMillis(1)).build())) {
            RecordGate failed = new RecordGate(timeouts().await());
            broker.subscribe("failing", record -> {
                failed.open();
                throw new IllegalStateException("so that a retry is waiting");
            });
            AtomicInteger closings = new AtomicInteger();
            broker.subscribe("closing", record -> {
                failed.handle(record);
                broker.unrecorded().close();
                closings.incrementAndGet();
            });
            broker.produce(Records.of("key", "closes"));
            broker.require(
                    broker.happensWithin(timeouts().await(), () -> closings.get() == 1),
                    "close from inside a handler did not return within "
                            + timeouts().await());
            List<Thread> left = Polling.until(timeouts().await(), census::newcomers, List::isEmpty);
            broker.require(
                    left.isEmpty(),
                    "after a close from inside a handler these threads are still alive: "
                            + ThreadCensus.describe(left));
            broker.closeNow();
        }
    }

    @Property
    @Verifies("G-10")
    default void aBrokerClosedUnderWayLeavesNoThreadBehind(
            @ForAll(supplier = PartitionedWorkloads.Turmoil.class) PartitionedWorkload workload,
            @ForAll @IntRange(max = 20) int after) {
        ThreadCensus census = ThreadCensus.take();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-10", workload.partitions())) {
            PartitionedDriver.runUntilShutDown(this, broker, workload, after);
            requireNoThreadOf(broker, census);
        }
    }

    private void requireNoThreadOf(BrokerUnderTest broker, ThreadCensus census) {
        List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
        broker.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
    }
}
