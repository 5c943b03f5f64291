package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** A fresh connection pool in the hands of a rule test, over connections that note what must not happen. */
final class PoolUnderTest implements AutoCloseable {
    private final ConnectionPool<TestConnection> pool;
    private final PoolConfig config;
    private final TestConnections connections;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final AtomicInteger borrowers = new AtomicInteger();
    private final List<Borrower> started = new ArrayList<>();
    private boolean closed;

    private PoolUnderTest(
            ConnectionPool<TestConnection> pool,
            PoolConfig config,
            TestConnections connections,
            Probe probe,
            TckTimeouts timeouts) {
        this.pool = pool;
        this.config = config;
        this.connections = connections;
        this.probe = probe;
        this.timeouts = timeouts;
    }

    /** A pool of the target under test, with a fresh name. */
    static PoolUnderTest open(PoolRules tests, String ruleId, PoolConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config);
    }

    /** A pool of that target under that name. */
    static PoolUnderTest open(
            PoolRules tests, ConformanceTarget target, String ruleId, String name, PoolConfig config) {
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        TckTimeouts timeouts = tests.timeouts();
        TestConnections connections = new TestConnections();
        ConnectionPool<TestConnection> pool = probe.call(
                "openConnectionPool " + name,
                timeouts.await(),
                () -> target.openConnectionPool(name, config, connections));
        return new PoolUnderTest(pool, config, connections, probe, timeouts);
    }

    ConnectionPool<TestConnection> unrecorded() {
        return pool;
    }

    PoolConfig config() {
        return config;
    }

    TestConnections connections() {
        return connections;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** Starts to borrow, on a thread of its own; waits for as long as any test takes. */
    Borrower start() {
        return start(timeouts.recovery());
    }

    /** Starts to borrow with that timeout, or with the configured one when it is null. */
    Borrower start(@Nullable Duration timeout) {
        Borrower borrower = new Borrower("borrower " + borrowers.incrementAndGet(), this, timeout);
        started.add(borrower);
        return borrower;
    }

    /** Starts to borrow with the timeout that the pool was configured with. */
    Borrower startUsual() {
        return start(null);
    }

    /** Lets so much time pass by the wall clock. */
    void stayBriefly(Duration time) {
        Polling.until(time, () -> false, it -> it);
    }

    /** Starts to borrow, and waits until that waits. */
    Borrower startWaiting(int waiting) {
        Borrower borrower = start();
        awaitMetrics(borrower + " waits", it -> it.waiting() == waiting || borrower.isDone());
        require(!borrower.isDone(), "%s is to wait, and %s".formatted(borrower, borrower.ending()));
        return borrower;
    }

    /** Borrows; must succeed in time. */
    Lease borrow() {
        return borrowed(start());
    }

    /** The lease of a borrower, which must come in time. */
    Lease borrowed(Borrower borrower) {
        await(borrower);
        return borrower.lease()
                .orElseThrow(
                        () -> violation("%s is to have a connection, and %s".formatted(borrower, borrower.ending())));
    }

    /** The exception of a borrower, which must come in time and be of this type. */
    <X extends RuntimeException> X refused(Class<X> expected, Borrower borrower) {
        await(borrower);
        Throwable thrown = borrower.thrown().orElse(null);
        require(
                expected.isInstance(thrown),
                "%s is to be refused with %s, and %s".formatted(borrower, expected.getSimpleName(), borrower.ending()));
        return Objects.requireNonNull(expected.cast(thrown), "checked above");
    }

    /** Waits for the end of a borrowing, whatever it is. */
    void await(Borrower borrower) {
        boolean done = Polling.until(timeouts.await(), borrower::isDone, it -> it);
        require(done, "%s still waits after %s; the figures are %s".formatted(borrower, timeouts.await(), metrics()));
        borrower.await(timeouts.await());
    }

    /** Closes the pool while the factory works behind the gate for a borrower, and then lets that go on. */
    void closeUnder(Borrower borrower, CountDownLatch gate) {
        Running<Boolean> closing = Bounded.startRun("close", pool::close);
        stays(StillWaiting.in(closing));
        gate.countDown();
        await(borrower);
        borrower.lease().ifPresent(this::giveBack);
        run("close", () -> closing.await(timeouts.await()));
        closeNow();
    }

    void giveBack(Lease lease) {
        run("giving a connection back", lease::giveBack);
    }

    void discard(Lease lease) {
        run("discarding a connection", lease::discard);
    }

    PoolMetrics metrics() {
        return call("metrics", pool::metrics);
    }

    /** Waits until the metrics show this; the finding tells the last ones when they do not. */
    void awaitMetrics(String what, Predicate<PoolMetrics> expected) {
        PoolMetrics last = Polling.until(timeouts.await(), pool::metrics, expected);
        require(expected.test(last), "the metrics stayed at %s where %s".formatted(last, what));
    }

    /** The figures must be these. */
    void requireMetrics(PoolMetrics due) {
        PoolMetrics metrics = metrics();
        require(metrics.equals(due), "the metrics are %s where %s are due".formatted(metrics, due));
    }

    /** Nothing that must not happen has happened. */
    void requireSound() {
        List<String> findings = connections.findings();
        require(findings.isEmpty(), findings.isEmpty() ? "" : findings.get(0));
        require(
                connections.mostOpen() <= config.maxSize(),
                "%d connections were open at once where %d are allowed"
                        .formatted(connections.mostOpen(), config.maxSize()));
    }

    /** All places can be used at once, and every open connection is known to the figures. */
    void requireNoLeak() {
        List<Lease> all = new ArrayList<>();
        for (int i = 0; i < config.maxSize(); i++) {
            Borrower borrower = start(timeouts.await().dividedBy(2));
            await(borrower);
            require(
                    borrower.lease().isPresent(),
                    "a place was lost: with %d of %d connections lent out another borrower %s"
                            .formatted(i, config.maxSize(), borrower.ending()));
            all.add(borrowed(borrower));
        }
        PoolMetrics metrics = metrics();
        require(
                metrics.inUse() == config.maxSize() && metrics.idle() == 0 && metrics.waiting() == 0,
                "all %d connections are lent, and the metrics are %s".formatted(config.maxSize(), metrics));
        require(
                metrics.opened() - metrics.closed() == connections.open(),
                "%d connections are open, and the metrics are %s".formatted(connections.open(), metrics));
        all.forEach(this::giveBack);
        requireSound();
    }

    <T> T call(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    void run(String what, Runnable call) {
        probe.run(what, timeouts.await(), call);
    }

    void run(String what, Duration limit, Runnable call) {
        probe.run(what, limit, call);
    }

    <X extends RuntimeException> X refusedCall(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
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

    /** Closes the pool now, as part of the test; all connections must be closed afterwards. */
    void closeNow() {
        closed = true;
        run("close", config.drainTimeout().plus(timeouts.await()), pool::close);
        requireAllClosed();
    }

    /** Every connection that was opened is closed. */
    void requireAllClosed() {
        boolean none = Polling.until(timeouts.tolerance(), () -> connections.open() == 0, it -> it);
        require(
                none,
                "after close these are still open: "
                        + connections.made().stream()
                                .filter(it -> !it.isClosed())
                                .toList());
        requireSound();
    }

    /** Cleans up. A pool that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            started.stream()
                    .flatMap(it -> it.lease().stream())
                    .forEach(it -> it.handle().close());
            Bounded.run(config.drainTimeout().plus(timeouts.await()), "close", pool::close);
        } catch (RuntimeException | Error e) {
            throw new Inconclusive(probe.rule(), "the pool could not be closed after the test: " + e);
        }
    }
}
