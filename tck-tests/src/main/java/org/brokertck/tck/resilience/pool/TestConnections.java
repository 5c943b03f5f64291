package org.brokertck.tck.resilience.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.resilience.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Makes connections for a pool under test, in the way that the test wants, and notes all that must not happen. */
final class TestConnections implements ConnectionFactory<TestConnection> {
    private final List<TestConnection> made = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicBoolean throwsWhenClosed = new AtomicBoolean();
    private volatile boolean throwsWhenValidated;
    private volatile @Nullable CountDownLatch gate;
    private final AtomicInteger validating = new AtomicInteger();
    private volatile @Nullable CountDownLatch validationGate;
    private final AtomicInteger closing = new AtomicInteger();
    private volatile @Nullable CountDownLatch closingGate;

    /** Opening fails with these, the next ones first. */
    void failNext(Throwable... next) {
        failures.addAll(List.of(next));
    }

    /** From now on opening does not fail. */
    void clearFailures() {
        failures.clear();
    }

    /** How many times opening has failed. */
    int failures() {
        return failed.get();
    }

    /** From now on a broken connection says so by an exception. */
    void throwWhenValidated() {
        throwsWhenValidated = true;
    }

    /** From now on closing a connection throws, though it is closed. */
    void throwWhenClosed() {
        throwsWhenClosed.set(true);
    }

    /** Opening waits from now on, until the latch is counted down. */
    void openBehind(CountDownLatch latch) {
        gate = latch;
    }

    /** Looking whether a connection is valid waits from now on, until the latch is counted down. */
    void validateBehind(CountDownLatch latch) {
        validationGate = latch;
    }

    /** How many are being validated now. */
    int validating() {
        return validating.get();
    }

    /** Closing a connection waits from now on, until the latch is counted down. */
    void closeBehind(CountDownLatch latch) {
        closingGate = latch;
    }

    /** How many are being closed now. */
    int closing() {
        return closing.get();
    }

    /** How many are being opened now. */
    int opening() {
        return opening.get();
    }

    @Override
    public TestConnection create() throws Exception {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        opening.incrementAndGet();
        boolean done = false;
        try {
            pass(gate);
            failIfWanted();
            TestConnection connection = add();
            done = true;
            return connection;
        } finally {
            opening.decrementAndGet();
            if (!done) {
                open.decrementAndGet();
            }
        }
    }

    private static void pass(@Nullable CountDownLatch gate) throws Exception {
        if (gate != null && !gate.await(Duration.ofMinutes(1).toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the test forgot its gate");
        }
    }

    private void failIfWanted() throws Exception {
        Throwable failure = failures.poll();
        if (failure != null) {
            failed.incrementAndGet();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private synchronized TestConnection add() {
        TestConnection connection = new TestConnection(made.size() + 1);
        made.add(connection);
        return connection;
    }

    @Override
    public boolean isValid(TestConnection connection) throws Exception {
        if (connection.isClosed()) {
            findings.add(connection + " was validated after it was closed");
        }
        if (connection.isUsed()) {
            findings.add(connection + " was validated while a borrower uses it");
        }
        validating.incrementAndGet();
        try {
            pass(validationGate);
        } finally {
            validating.decrementAndGet();
        }
        if (connection.isBroken() && throwsWhenValidated) {
            throw new IOException(connection + " is broken");
        }
        return !connection.isBroken();
    }

    @Override
    public void close(TestConnection connection) throws Exception {
        closing.incrementAndGet();
        try {
            pass(closingGate);
        } finally {
            closing.decrementAndGet();
        }
        if (connection.close()) {
            open.decrementAndGet();
        } else {
            findings.add(connection + " was closed twice");
        }
        if (throwsWhenClosed.get()) {
            throw new IOException("closing failed, as planned");
        }
    }

    /** Notes something that must not happen. */
    void note(String finding) {
        findings.add(finding);
    }

    /** What must not have happened, in the order in which it did. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** How many connections are being opened, or were and are not closed. */
    int open() {
        return open.get();
    }

    /** The most that were open at once. */
    int mostOpen() {
        return mostOpen.get();
    }

    /** All connections that were made. */
    synchronized List<TestConnection> made() {
        return List.copyOf(made);
    }

    /** Breaks all that nobody uses. */
    void breakIdle() {
        made().stream().filter(it -> !it.isUsed()).forEach(TestConnection::breakDown);
    }
}
