package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.check.MetricsConsistent;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** The counters count what happened: exactly at rest, consistently on the way. */
public interface MetricsRules extends QueueRules {
    @Test
    @Verifies("Q-18")
    default void atRestTheMetricsAreExact() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-18")) {
            queue.consume(message -> {
                if (message.retries() < 2) {
                    throw new IllegalStateException("fails twice");
                }
            });
            queue.produceAll(IntStream.range(0, 12)
                    .mapToObj(i -> Messages.message("m-" + i, i % 4))
                    .toList());
            queue.judgeSettled(new MetricsExact());
        }
    }

    @Test
    @Verifies("Q-18")
    default void aFreshQueueCountsNothing() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-18")) {
            queue.require(
                    queue.metrics().equals(new QueueMetrics(0, 0, 0, 0, 0)),
                    "a fresh queue's metrics are " + queue.metrics());
        }
    }

    @Property
    @Verifies("Q-18")
    default void whateverHappenedTheMetricsAreExact(
            @ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-18", workload, new MetricsExact());
    }

    @Property
    @Verifies("Q-19")
    default void theMetricsAreConsistentUnderLoad(
            @ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judgeSampled(this, "Q-19", workload, new MetricsConsistent());
    }

    /** Dead letters come and go while the metrics are read: no sample may count a message twice. */
    @Test
    @Verifies("Q-19")
    default void redrivenMessagesAreNeverCountedTwice() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-19")) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produceAll(Messages.numbered(10));
            requireConservedDuring(queue, "redrive", goOn -> redriveMany(queue.unrecorded()));
            queue.awaitMetrics(
                    "all 10 messages end as dead letters", it -> it.deadLetters() == 10 && it.inFlight() == 0);
            queue.require(
                    queue.metrics().produced() == 10 && queue.metrics().consumed() == 0,
                    "10 messages were produced, redriven and failed: " + queue.metrics());
        }
    }

    /** Messages rush through while the metrics are read: no sample may know what became of a message before it knows the message. */
    @Test
    @Verifies("Q-19")
    default void messagesAreCountedAsProducedBeforeAllElse() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-19")) {
            queue.unrecorded().consume(message -> {});
            requireConservedDuring(queue, "produce", goOn -> produceWhile(goOn, queue.unrecorded()));
            queue.awaitMetrics("all messages are consumed", it -> it.consumed() == it.produced() && it.inFlight() == 0);
        }
    }

    private void produceWhile(BooleanSupplier goOn, MessageQueue queue) {
        long start = System.nanoTime();
        for (int i = 0; goOn.getAsBoolean() && !timeouts().isHalfUp(start); i++) {
            queue.produce(Messages.message("m-" + i));
        }
    }

    /** Whoever is given a message may look at once: the attempt before is in flight no more. */
    @Test
    @Verifies("Q-19")
    default void aHandlerFindsNoAttemptInFlightButItsOwn() {
        QueueConfig config = config().backoff(Backoff.fixed(Duration.ZERO)).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-19", config)) {
            AtomicReference<QueueMetrics> wrong = new AtomicReference<>();
            for (int i = 0; i < 2; i++) {
                queue.consume(message -> {
                    QueueMetrics metrics = queue.unrecorded().metrics();
                    if (!isConserved(metrics)) {
                        wrong.compareAndSet(null, metrics);
                    }
                    throw new IllegalStateException("so that the other one is given it next");
                });
            }
            queue.produce(Messages.message("goes-to-and-fro", 20));
            queue.awaitMetrics("its retries have failed", it -> it.deadLetters() == 1);
            queue.require(
                    wrong.get() == null,
                    "one message is attempted again and again, and the handler that has it finds " + wrong.get());
        }
    }

    /**
     * Reads the metrics as fast as can be, on a thread of its own, for as long as something goes on: what is counted twice is so for
     * some microseconds only.
     *
     * @param load hears whether more samples are wanted
     */
    private void requireConservedDuring(QueueUnderTest queue, String call, Consumer<BooleanSupplier> load) {
        AtomicInteger wanted = new AtomicInteger(1000);
        AtomicBoolean done = new AtomicBoolean();
        Running<Boolean> loading = Bounded.startRun(call, () -> {
            try {
                load.accept(() -> wanted.get() > 0);
            } finally {
                done.set(true);
            }
        });
        Running<Optional<QueueMetrics>> sampling = Bounded.start(
                "metrics",
                () -> Stream.generate(queue.unrecorded()::metrics)
                        .peek(it -> wanted.decrementAndGet())
                        .takeWhile(it -> !done.get())
                        .filter(it -> !isConserved(it))
                        .peek(it -> wanted.set(0))
                        .findFirst());
        Duration patience = timeouts().await().multipliedBy(2);
        queue.call(call, patience, () -> loading.await(timeouts().await()));
        Optional<QueueMetrics> wrong =
                queue.call("metrics", patience, () -> sampling.await(timeouts().await()));
        queue.require(
                wrong.isEmpty(),
                "consumed + deadLetters + inFlight is more than produced, or one is negative: " + wrong.orElse(null));
    }

    /** Counts what went back, not the calls: those that find nothing parked put nothing to the proof. */
    private void redriveMany(MessageQueue queue) {
        long start = System.nanoTime();
        int redriven = 0;
        while (redriven < 1000 && !timeouts().isHalfUp(start)) {
            redriven += queue.deadLetters().redrive();
        }
    }

    private static boolean isConserved(QueueMetrics it) {
        return it.inFlight() >= 0
                && it.deadLetters() >= 0
                && it.consumed() + it.deadLetters() + it.inFlight() <= it.produced();
    }

    @Test
    @Verifies("Q-20")
    default void inFlightCountsTheRunningHandlers() {
        inFlight(List.of(true, false, true));
    }

    @Property
    @Verifies("Q-20")
    default void inFlightCountsAnyRunningHandlers(@ForAll @Size(min = 1, max = 5) List<Boolean> fails) {
        inFlight(fails);
    }

    /** One consumer and one held message for each; some fail when they are let go. */
    private void inFlight(List<Boolean> fails) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-20")) {
            List<Gate> gates =
                    fails.stream().map(it -> new Gate(timeouts().await())).toList();
            gates.forEach(gate -> queue.consume(message -> {
                gate.handle(message);
                if (fails.get(gates.indexOf(gate))) {
                    throw new IllegalStateException("fails by plan");
                }
            }));
            queue.produceAll(Messages.numbered(fails.size()));
            for (int running = fails.size(); running > 0; running--) {
                requireInFlight(queue, running);
                gates.get(running - 1).open();
            }
            requireInFlight(queue, 0);
            queue.judgeSettled(new MetricsExact());
        }
    }

    private static void requireInFlight(QueueUnderTest queue, int running) {
        queue.awaitMetrics(running + " handlers are running now", it -> it.inFlight() == running);
    }
}
