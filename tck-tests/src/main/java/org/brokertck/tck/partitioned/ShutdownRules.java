package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.ClosedException;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** A shutdown flushes what was accepted, lets running handlers finish, takes no longer than it may, and tells what it cut off. */
public interface ShutdownRules extends PartitionedRules {
    @Test
    @Verifies("L-18")
    default void shutdownWaitsForTheRunningHandlers() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 3)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produceAll(Records.spread("r-", 12));
            broker.await("the start of a handler", () -> gate.inside() >= 1);
            Running<ShutdownReport> shutdown = Bounded.start(
                    "shutdown", () -> broker.unrecorded().shutdown(timeouts().await()));
            broker.require(
                    broker.stays(StillWaiting.in(shutdown)),
                    "shutdown returned while a handler was running and time was left");
            int begun = broker.recorded().attempts();
            gate.open();
            ShutdownReport report = broker.join("shutdown", shutdown);
            int handled = broker.recorded().attempts();
            broker.require(
                    handled == begun,
                    "%d handlers started after shutdown had been called, while it waited for others"
                            .formatted(handled - begun));
            broker.require(report.isClean(), "every handler had finished in time, and shutdown says " + report);
            requireQuiet(broker, handled);
            long consumed = broker.metrics().of(TOPIC).messagesConsumed();
            long succeeded = succeeded(broker);
            broker.require(
                    consumed == succeeded && succeeded == handled,
                    "%d handlers were started and %d succeeded before shutdown returned, and the metrics say %d"
                            .formatted(handled, succeeded, consumed));
            broker.closeNow();
        }
    }

    private static long succeeded(BrokerUnderTest broker) {
        return broker.recorded().history(List.of()).attempts().stream()
                .filter(RecordAttempt::succeeded)
                .count();
    }

    private static void requireQuiet(BrokerUnderTest broker, int attempts) {
        broker.require(
                broker.stays(() -> broker.recorded().attempts() == attempts),
                "a handler started after shutdown had returned");
    }

    @Test
    @Verifies("L-18")
    default void shutdownInterruptsWhatRunsBeyondItsDeadlineAndTellsHowMuch() {
        cutOff(timeouts().quiet());
    }

    @Test
    @Verifies("L-18")
    default void aShutdownWithoutADeadlineDoesNotWait() {
        cutOff(Duration.ZERO);
    }

    private void cutOff(Duration deadline) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produceAll(Records.ofKey("key", "r-", 3));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            long start = System.nanoTime();
            ShutdownReport report = broker.shutdown(deadline);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            broker.require(
                    took.compareTo(deadline.plus(timeouts().tolerance())) <= 0,
                    "shutdown took %s with a deadline of %s".formatted(took, deadline));
            broker.require(
                    took.compareTo(deadline.minusMillis(1)) >= 0,
                    "shutdown returned after %s, while a handler was running and its deadline is %s"
                            .formatted(took, deadline));
            broker.require(
                    report.equals(new ShutdownReport(0, 1)),
                    "one handler was cut off and nothing was left to be flushed, and shutdown says " + report);
            broker.await("the interrupt of the handler", () -> gate.inside() == 0);
            requireQuiet(broker, 1);
        }
    }

    /** The linger is one that no test waits for, so that only the shutdown can send what has gathered. */
    @Test
    @Verifies("L-18")
    default void shutdownFlushesWhatWasAccepted() {
        flush(5, true);
    }

    @Property
    @Verifies("L-18")
    default void shutdownFlushesWhateverWasAccepted(
            @ForAll @IntRange(min = 1, max = 40) int records, @ForAll boolean subscribed) {
        flush(records, subscribed);
    }

    private void flush(int records, boolean subscribed) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-18", 2, config().linger(Duration.ofHours(1)).build())) {
            if (subscribed) {
                broker.subscribe(record -> {});
            }
            List<CompletableFuture<Position>> futures = IntStream.range(0, records)
                    .mapToObj(i -> broker.recorded().produceAsync("main", TOPIC, Records.of("key-" + i % 3, "r-" + i)))
                    .toList();
            ShutdownReport report = broker.shutdown(timeouts().await());
            broker.require(
                    report.isClean(), "there was time to flush " + records + " records; shutdown says " + report);
            broker.require(
                    futures.stream().allMatch(it -> it.isDone() && !it.isCompletedExceptionally()),
                    "shutdown returned, and of %d accepted records these were not flushed: %s"
                            .formatted(
                                    records,
                                    broker.recorded().history(List.of()).produces().stream()
                                            .filter(it -> it.outcome() != Outcome.OK)
                                            .map(RecordProduce::describe)
                                            .toList()));
            long produced = broker.metrics().of(TOPIC).messagesProduced();
            broker.require(
                    produced == records,
                    "%d records were flushed, and the metrics say %d".formatted(records, produced));
        }
    }

    @Test
    @Verifies("L-18")
    @Needs(faults = Fault.PAUSE)
    default void whatCouldNotBeFlushedIsTold() {
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "L-18", 2, config().linger(timeouts().quiet()).build())) {
            broker.produce(Records.of("key", "before"));
            server.pause();
            List<CompletableFuture<Position>> futures = IntStream.range(0, 5)
                    .mapToObj(i -> broker.unrecorded().produceAsync(TOPIC, Records.of("key", "r-" + i)))
                    .toList();
            Duration deadline = timeouts().quiet();
            long start = System.nanoTime();
            ShutdownReport report = broker.shutdown(deadline);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            server.resume();
            broker.require(
                    took.compareTo(deadline.plus(timeouts().tolerance())) <= 0,
                    "shutdown took %s with a deadline of %s, while the server stood still".formatted(took, deadline));
            long failed = futures.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .count();
            broker.require(
                    report.unflushed() == failed && failed > 0,
                    "5 records were accepted and the server stood still: %d of their futures have failed, and shutdown says %s"
                            .formatted(failed, report));
        }
    }

    @Test
    @Verifies("L-18")
    default void afterAShutdownEveryFutureIsDone() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 2)) {
            List<CompletableFuture<Position>> futures = java.util.Collections.synchronizedList(new ArrayList<>());
            Running<Boolean> producer = Bounded.startRun("producer", () -> {
                try {
                    for (int i = 0; i < 1_000_000; i++) {
                        futures.add(
                                broker.recorded().produceAsync("main", TOPIC, Records.of("key-" + i % 9, "r-" + i)));
                    }
                } catch (ClosedException expected) {
                    // The end of the work.
                }
            });
            broker.happens(() -> futures.size() > 200);
            broker.shutdown(timeouts().await());
            broker.join("a producer whose broker is shut down", producer);
            broker.require(
                    broker.happensWithin(
                            timeouts().tolerance(), () -> futures.stream().allMatch(CompletableFuture::isDone)),
                    "the broker is shut down, and %d of %d futures are not done"
                            .formatted(
                                    futures.stream().filter(it -> !it.isDone()).count(), futures.size()));
            for (CompletableFuture<Position> future : futures) {
                Throwable failure = failure(future);
                broker.require(
                        failure == null || failure instanceof ClosedException,
                        "a record that was cut off by a shutdown ended with " + failure);
            }
            long acknowledged = futures.stream()
                    .filter(it -> !it.isCompletedExceptionally())
                    .count();
            long counted = broker.metrics().of(TOPIC).messagesProduced();
            broker.require(
                    counted == acknowledged,
                    "%d futures succeeded, and the metrics count %d records".formatted(acknowledged, counted));
        }
    }

    private static @org.jspecify.annotations.Nullable Throwable failure(CompletableFuture<Position> future) {
        try {
            future.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    /** Shutting down again waits for the same end. */
    @Test
    @Verifies("L-18")
    default void aSecondShutdownWaitsForTheSameEnd() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produce(Records.of("key", "held"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<ShutdownReport>> shutdowns = IntStream.range(0, 2)
                    .mapToObj(i -> Bounded.start(
                            "shutdown " + i,
                            () -> broker.unrecorded().shutdown(timeouts().await())))
                    .toList();
            broker.require(
                    broker.stays(StillWaiting.in(shutdowns)),
                    "a shutdown returned while a handler was running and time was left");
            gate.open();
            shutdowns.forEach(it -> broker.join("shutdown", it));
            broker.closeNow();
        }
    }

    /** A handler that shuts its broker down waits for nobody, and has not ended anything yet. */
    @Test
    @Verifies("L-18")
    default void aShutdownAfterOneFromInsideWaitsForTheHandler() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(record -> {
                broker.unrecorded().shutdown(timeouts().recovery());
                gate.handle(record);
            });
            broker.produce(Records.of("key", "held"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            Running<ShutdownReport> shutdown = Bounded.start(
                    "shutdown", () -> broker.unrecorded().shutdown(timeouts().recovery()));
            broker.require(
                    broker.stays(StillWaiting.in(shutdown)),
                    "a shutdown returned while a handler was running, which had shut the broker down from inside, and time was left");
            gate.open();
            broker.join("shutdown", shutdown);
            broker.closeNow();
        }
    }

    /** What was committed by a shutdown is not handled again, and what was not is. */
    @Test
    @Verifies("L-18")
    @Needs(capabilities = Capability.REMOTE)
    default void whatWasHandledBeforeAShutdownStaysHandled() {
        String name;
        List<String> handled;
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 2)) {
            name = broker.name();
            broker.subscribe(record -> {});
            broker.produceAll(Records.spread("r-", 40));
            broker.await("the start of some handlers", () -> broker.recorded().attempts() >= 10);
            broker.closeForReopening();
            handled = broker.recorded().history(List.of()).attempts().stream()
                    .map(RecordAttempt::id)
                    .toList();
        }
        try (BrokerUnderTest again = BrokerUnderTest.open(this, target(), "L-18", name, 2, config().build())) {
            again.subscribe(record -> {});
            again.happens(() -> again.recorded().attempts() >= 40 - handled.size());
            again.stays(() -> true);
            List<String> later = new ArrayList<>(again.recorded().history(List.of()).attempts().stream()
                    .map(RecordAttempt::id)
                    .toList());
            List<String> all = new ArrayList<>(handled);
            all.addAll(later);
            again.require(
                    all.size() == 40 && all.stream().distinct().count() == 40,
                    "of 40 records %d were handled before a shutdown, and %s after the broker was opened again"
                            .formatted(handled.size(), later));
        }
    }

    @Property
    @Verifies("L-18")
    default void aShutdownUnderWayIsGraceful(
            @ForAll(supplier = PartitionedWorkloads.ComingAndGoing.class) PartitionedWorkload workload,
            @ForAll @IntRange(max = 20) int after) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "L-18",
                workload.partitions(),
                config().linger(workload.linger())
                        .batchSize(workload.batchSize())
                        .build())) {
            PartitionedDriver.runUntilShutDown(this, broker, workload, after);
            PartitionedHistory history = broker.recorded().history(List.of());
            int attempts = history.attempts().size();
            List<RecordProduce> open = history.produces().stream()
                    .filter(it -> it.outcome() == Outcome.PENDING)
                    .toList();
            broker.require(
                    open.isEmpty(),
                    "the broker is shut down, and the outcome of %d records was never told".formatted(open.size()),
                    open.toArray(RecordProduce[]::new));
            broker.judge(new NothingInvented());
            long produced = history.produces().stream()
                    .filter(RecordProduce::isAcknowledged)
                    .count();
            long succeeded =
                    history.attempts().stream().filter(RecordAttempt::succeeded).count();
            var figures = broker.metrics().of(TOPIC);
            // Of a batch that the shutdown cut short nobody was told what became of which record.
            long unknown = history.produces().stream()
                    .filter(it -> it.outcome() == Outcome.UNKNOWN)
                    .count();
            broker.require(
                    figures.messagesProduced() >= produced
                            && figures.messagesProduced() <= produced + unknown
                            && figures.messagesConsumed() == succeeded,
                    "%d records were produced, of %d more it is unknown, and %d were handled until the shutdown had returned, and the metrics say %s"
                            .formatted(produced, unknown, succeeded, figures));
            broker.require(broker.recorded().attempts() == attempts, "a handler started after shutdown had returned");
        }
    }

    /** A member that joined a broker that is shut down is gone with it. */
    @Test
    @Verifies("L-18")
    default void membersAreGoneWithTheirBroker() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 2)) {
            var member = broker.subscribe(GROUP, record -> {});
            broker.shutdown(timeouts().await());
            broker.require(
                    member.partitions().isEmpty(),
                    "the broker is shut down, and a member of it has the partitions " + member.partitions());
            broker.leave(member);
            broker.abandon(member);
        }
    }
}
