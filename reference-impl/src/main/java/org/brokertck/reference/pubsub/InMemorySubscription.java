package org.brokertck.reference.pubsub;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's end: a buffer under a lock that is never held for long, and never while the user's code runs. It ends once, for
 * the first reason; from then on it takes in nothing, even from a publisher that found it a moment before.
 */
final class InMemorySubscription implements Subscription {
    /** The longest wait with a deadline, which is counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final TopicPattern pattern;
    private final TimeSource time;
    private final Consumer<InMemorySubscription> whenEnded;
    private final CompletableFuture<EndReason> ending = new CompletableFuture<>();
    private final CompletionStage<EndReason> ended = ending.minimalCompletionStage();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Buffer buffer;
    private final IdleWatch idle;
    private @Nullable EndReason reason;

    /** @param whenEnded called at least once after the end, without the lock, before anyone is told */
    InMemorySubscription(
            TopicPattern pattern, PubSubConfig config, TimeSource time, Consumer<InMemorySubscription> whenEnded) {
        this.pattern = pattern;
        this.time = time;
        this.whenEnded = whenEnded;
        this.buffer = new Buffer(config.bufferCapacity(), config.overflow());
        this.idle = new IdleWatch(time, config.idleTimeout(), this::endIfIdle);
    }

    /** From now on it ends when nothing is taken. */
    void watch() {
        lock.lock();
        try {
            if (reason == null) {
                idle.start();
            }
        } finally {
            lock.unlock();
        }
    }

    TopicPattern topicPattern() {
        return pattern;
    }

    @Override
    public String pattern() {
        return pattern.text();
    }

    /** Takes a copy in, unless it has ended. */
    void offer(Copy copy) {
        lock.lock();
        try {
            if (reason == null) {
                buffer.put(copy);
                if (idle.someoneWaits()) {
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The loop is in next.
    public Optional<Message> take() {
        return next(() -> {
            changed.await();
            return true;
        });
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": it must be 0 (do not wait) or more");
        }
        if (timeout.isZero()) {
            return next(() -> false);
        }
        long deadline = time.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
        return next(() -> time.awaitUntil(lock, changed, deadline));
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return buffer.dropped();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long gaps() {
        return 0;
    }

    /** Told as soon as a take is, which {@link #ended} may be a little later. */
    @Override
    public Optional<EndReason> endReason() {
        lock.lock();
        try {
            return Optional.ofNullable(reason);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return ended;
    }

    @Override
    public void close() {
        end(EndReason.CLOSED);
    }

    /** Ends it for this reason, unless it has ended for another one. */
    void end(EndReason because) {
        lock.lock();
        try {
            if (reason == null) {
                conclude(because);
            }
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void endIfIdle() {
        lock.lock();
        try {
            if (reason != null || !idle.isOver()) {
                return;
            }
            buffer.dropAll();
            conclude(EndReason.IDLE);
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void conclude(EndReason because) {
        reason = because;
        idle.stop();
        changed.signalAll();
    }

    /** Done by everyone who ends it: whoever comes second must not return before it is done either. */
    private void tell() {
        whenEnded.accept(this);
        endReason().ifPresent(ending::complete);
    }

    private Optional<Message> next(Wait wait) {
        lock.lock();
        try {
            boolean inTime = true;
            while (inTime && buffer.isEmpty() && reason == null) {
                inTime = await(wait);
            }
            return Optional.ofNullable(buffer.take()).map(Copy::message);
        } finally {
            idle.taken();
            lock.unlock();
        }
    }

    private boolean await(Wait wait) {
        idle.waitBegins();
        try {
            return wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for a message of '" + pattern + "': none was taken");
        } finally {
            idle.waitEnds();
        }
    }

    /** A wait for a change, under the lock; tells whether there is time left to wait for another one. */
    @FunctionalInterface
    private interface Wait {
        boolean await() throws InterruptedException;
    }
}
