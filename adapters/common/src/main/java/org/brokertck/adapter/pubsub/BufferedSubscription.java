package org.brokertck.adapter.pubsub;

import java.time.Duration;
import java.util.ArrayDeque;
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
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * A subscription whose messages wait in a bounded buffer on the client's side, so that whoever reads from the server never waits for
 * a subscriber (rule P-9). Each copy is taken, dropped or still buffered: the counts are exact (rule P-10).
 */
public final class BufferedSubscription implements Subscription {
    private final TopicPattern pattern;
    private final int capacity;
    private final OverflowPolicy overflow;
    private final long idleNanos;
    private final Consumer<BufferedSubscription> afterClose;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Copy> buffer = new ArrayDeque<>();
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private final CompletionStage<EndReason> shownEnd = ended.minimalCompletionStage();
    private volatile @Nullable EndReason reason;
    private long dropped;
    private long gaps;
    private int takers;
    private long lastTake = System.nanoTime();

    /**
     * A subscription that lives until it is ended.
     *
     * @param afterClose is run once, on the thread that ended it, when the subscription was closed by its subscriber or for idling: it
     *     undoes the subscription on the server. Who calls {@link #end} does that itself
     */
    public BufferedSubscription(TopicPattern pattern, PubSubConfig config, Consumer<BufferedSubscription> afterClose) {
        this.pattern = pattern;
        this.capacity = config.bufferCapacity();
        this.overflow = config.overflow();
        this.idleNanos = config.idleTimeout().toNanos();
        this.afterClose = afterClose;
    }

    @Override
    public String pattern() {
        return pattern.text();
    }

    /** What it was made with. */
    public TopicPattern topicPattern() {
        return pattern;
    }

    /** Buffers a copy, or drops one by the policy; never waits. Does nothing once the subscription has ended. */
    public void offer(Message message, TopicCounters.Counter counter) {
        lock.lock();
        try {
            if (reason != null) {
                return;
            }
            if (buffer.size() >= capacity) {
                dropped++;
                if (overflow == OverflowPolicy.DROP_NEWEST) {
                    counter.dropped();
                    return;
                }
                buffer.removeFirst().counter.dropped();
            }
            buffer.addLast(new Copy(message, counter));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The connection was lost and found again: messages may be missing (rule P-18). */
    public void gap() {
        lock.lock();
        try {
            gaps++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Message> take() {
        return next(Long.MAX_VALUE);
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": it must be 0 or more");
        }
        return next(timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? timeout.toNanos() : Long.MAX_VALUE);
    }

    private Optional<Message> next(long nanos) {
        lock.lock();
        try {
            takers++;
            long left = nanos;
            while (buffer.isEmpty() && reason == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            Copy copy = buffer.pollFirst();
            if (copy == null) {
                return Optional.empty();
            }
            copy.counter.delivered();
            return Optional.of(copy.message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // What woke this thread up may have been meant for another one.
            changed.signal();
            throw new OperationInterruptedException("Interrupted while waiting for a message of the subscription to '"
                    + pattern + "'; none was taken.");
        } finally {
            takers--;
            lastTake = System.nanoTime();
            lock.unlock();
        }
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long gaps() {
        lock.lock();
        try {
            return gaps;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<EndReason> endReason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return shownEnd;
    }

    @Override
    public void close() {
        if (end(EndReason.CLOSED)) {
            afterClose.accept(this);
        }
    }

    /**
     * Ends the subscription: nothing offered from now on is buffered, and whoever waits hears of the end.
     *
     * @return false when it had ended before
     */
    public boolean end(EndReason why) {
        lock.lock();
        try {
            if (reason != null) {
                return false;
            }
            endNow(why);
        } finally {
            lock.unlock();
        }
        // Not under the lock: it runs what others hang on it.
        ended.complete(why);
        return true;
    }

    /**
     * Ends the subscription and frees its buffer when nothing was taken from it for the idle timeout (rule P-12).
     *
     * @return the nanoseconds after which to look again; 0 when it has ended, now or before
     */
    long endIfIdle() {
        lock.lock();
        try {
            if (reason != null) {
                return 0;
            }
            long left = takers > 0 ? idleNanos : idleNanos - (System.nanoTime() - lastTake);
            if (left > 0) {
                return left;
            }
            dropped += buffer.size();
            buffer.forEach(copy -> copy.counter.dropped());
            buffer.clear();
            endNow(EndReason.IDLE);
        } finally {
            lock.unlock();
        }
        ended.complete(EndReason.IDLE);
        afterClose.accept(this);
        return 0;
    }

    private void endNow(EndReason why) {
        reason = why;
        changed.signalAll();
    }

    @Override
    public String toString() {
        return "Subscription[" + pattern + (reason == null ? "" : ", ended: " + reason) + "]";
    }

    private record Copy(Message message, TopicCounters.Counter counter) {}
}
