package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.resilience.Flush;
import org.brokertck.tck.check.resilience.FlushesSound;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.TckTimeouts;

/** A fresh batch processor in the hands of a rule test. */
final class BatchUnderTest implements AutoCloseable {
    private final BatchProcessor<String> processor;
    private final BatchConfig config;
    private final TestHandler handler;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final List<String> added = new ArrayList<>();
    private boolean closed;

    private BatchUnderTest(
            BatchProcessor<String> processor,
            BatchConfig config,
            TestHandler handler,
            Probe probe,
            TckTimeouts timeouts) {
        this.processor = processor;
        this.config = config;
        this.handler = handler;
        this.probe = probe;
        this.timeouts = timeouts;
    }

    /** A processor of the target under test, with a fresh name. */
    static BatchUnderTest open(BatchRules tests, String ruleId, BatchConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config);
    }

    /** A processor of that target under that name. */
    static BatchUnderTest open(
            BatchRules tests, ConformanceTarget target, String ruleId, String name, BatchConfig config) {
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        TckTimeouts timeouts = tests.timeouts();
        TestHandler handler = new TestHandler();
        BatchProcessor<String> processor = probe.call(
                "openBatchProcessor " + name, timeouts.await(), () -> target.openBatchProcessor(name, config, handler));
        return new BatchUnderTest(processor, config, handler, probe, timeouts);
    }

    BatchProcessor<String> unrecorded() {
        return processor;
    }

    BatchConfig config() {
        return config;
    }

    TestHandler handler() {
        return handler;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** Adds items in order; each must be taken in without a wait for a flush. */
    void add(String... items) {
        probe.run(
                "adding " + Arrays.toString(items),
                timeouts.await(),
                () -> Arrays.stream(items).forEach(processor::add));
        added.addAll(List.of(items));
    }

    /** Adds so many items, named by their number. */
    void addNumbered(int count) {
        for (int i = 0; i < count; i++) {
            add("i-" + added.size());
        }
    }

    /** Notes that an item was added by another way. */
    void noteAdded(String item) {
        added.add(item);
    }

    /** Waits until so many flushes have ended, which must happen and not be passed. */
    List<Flush> awaitFlushes(int count) {
        List<Flush> flushes = Polling.until(timeouts.await(), handler::flushes, it -> it.size() >= count);
        require(
                flushes.size() == count,
                "%d flushes are due, and there were %d: %s".formatted(count, flushes.size(), flushes));
        return flushes;
    }

    /** The flush number that must have been of these items, and the last so far. */
    void requireLastFlush(int number, String... items) {
        Flush last = awaitFlushes(number).get(number - 1);
        require(
                last.items().equals(List.of(items)),
                "flush %d was of %s where %s is due".formatted(number, last.items(), List.of(items)));
    }

    /** For the quiet period, no more flushes than these. */
    void requireNoFlushAfter(int count, String why) {
        boolean quiet = Polling.until(timeouts.quiet(), () -> handler.flushes().size() > count, it -> it);
        require(
                !quiet,
                "%s, and %s was flushed"
                        .formatted(why, quiet ? handler.flushes().get(count).toString() : ""));
    }

    BatchMetrics metrics() {
        return call("metrics", processor::metrics);
    }

    /** The figures must become these, once the flush that has ended was accounted for. */
    void requireMetrics(BatchMetrics due) {
        BatchMetrics metrics = Polling.until(timeouts.tolerance(), processor::metrics, due::equals);
        require(metrics.equals(due), "the metrics are %s where %s are due".formatted(metrics, due));
    }

    /** What the processor has not flushed must become this. */
    void requireUnflushed(List<String> due) {
        List<String> unflushed = Polling.until(timeouts.tolerance(), processor::unflushed, due::equals);
        require(unflushed.equals(due), "unflushed() is %s where %s is due".formatted(unflushed, due));
    }

    /** All that was added by this test's own thread was flushed, once and in order, or is told as unflushed. */
    void requireSound() {
        requireSound(List.of(added));
    }

    /** All that these adders added was flushed, once and in order, or is told as unflushed. */
    void requireSound(List<List<String>> adders) {
        handler.findings().stream().findFirst().ifPresent(it -> {
            throw violation(it);
        });
        List<String> unflushed = call("unflushed", processor::unflushed);
        Judge.require(
                probe.rule(),
                new FlushesSound()
                        .judge(new FlushesSound.History(config.batchSize(), adders, handler.flushes(), unflushed)));
    }

    <T> T call(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    void run(String what, Duration limit, Runnable call) {
        probe.run(what, limit, call);
    }

    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    /** Holds a handler until the latch is counted down, for at most that time. */
    static void await(CountDownLatch gate, Duration limit) {
        try {
            boolean unused = gate.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await(String what, BooleanSupplier condition) {
        require(
                Polling.until(timeouts.await(), condition::getAsBoolean, it -> it),
                what + " did not happen within " + timeouts.await());
    }

    /** Whether the condition holds for the quiet period. */
    boolean stays(BooleanSupplier condition) {
        return Polling.until(timeouts.quiet(), condition::getAsBoolean, it -> !it);
    }

    void require(boolean holds, String finding) {
        if (!holds) {
            throw violation(finding);
        }
    }

    RuleViolation violation(String finding) {
        return probe.violation(finding);
    }

    /** Closes the processor now, as part of the test. */
    void closeNow() {
        closed = true;
        run("close", config.drainTimeout().plus(timeouts.await()), processor::close);
    }

    /** Cleans up. A processor that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Bounded.run(config.drainTimeout().plus(timeouts.await()), "close", processor::close);
        } catch (RuntimeException | Error e) {
            throw new Inconclusive(probe.rule(), "the processor could not be closed after the test: " + e);
        }
    }
}
