package org.brokertck.tck.faulty.pubsub.plain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A subscription of a {@link PlainPubSub}: a buffer under the broker's lock. Its fields are used only under that lock. */
public class PlainSubscription implements Subscription {
    private static final long FOR_EVER = Long.MAX_VALUE;
    /** What is longer ends no sooner than the subscription. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** What waits to be taken, in order. */
    public final ArrayDeque<Message> buffer = new ArrayDeque<>();

    /** How many messages were dropped. */
    public long dropped;

    /** How many gaps there were. */
    public long gaps;

    /** Why it ended; null while it lives. */
    public @Nullable EndReason reason;

    /** How many takes wait. */
    public int waiting;

    /** When something was last asked of it, in nanoseconds of the broker's time. */
    public long lastActivity;

    private final PlainPubSub broker;
    private final String pattern;
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private TimeSource.@Nullable Alarm alarm;

    /** A subscription that is not active yet. */
    public PlainSubscription(PlainPubSub broker, String pattern) {
        this.broker = broker;
        this.pattern = pattern;
    }

    @Override
    public String pattern() {
        return pattern;
    }

    @Override
    public Optional<Message> take() {
        return await(FOR_EVER);
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": it must be 0 or more");
        }
        return timeout.compareTo(LONGEST) < 0 ? await(broker.time().nanoTime() + timeout.toNanos()) : take();
    }

    private Optional<Message> await(long deadline) {
        return broker.locked(() -> {
            waiting++;
            try {
                boolean inTime = true;
                while (buffer.isEmpty() && reason == null && inTime) {
                    inTime = deadline == FOR_EVER ? awaitChange() : awaitUntil(deadline);
                }
                return broker.take(this);
            } finally {
                waiting--;
                broker.asked(this);
            }
        });
    }

    /** Waits for any change. Under the lock. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    protected boolean awaitChange() {
        try {
            broker.line().changed.await();
            return true;
        } catch (InterruptedException e) {
            throw broker.interrupted(e);
        }
    }

    /** Waits for any change until the deadline; false when that has passed. Under the lock. */
    protected boolean awaitUntil(long deadline) {
        if (deadline - broker.time().nanoTime() <= 0) {
            return false;
        }
        try {
            return broker.time().awaitUntil(broker.line().lock, broker.line().changed, deadline);
        } catch (InterruptedException e) {
            throw broker.interrupted(e);
        }
    }

    @Override
    public long dropped() {
        return broker.locked(() -> dropped);
    }

    @Override
    public long gaps() {
        return broker.locked(() -> gaps);
    }

    @Override
    public Optional<EndReason> endReason() {
        return broker.locked(() -> Optional.ofNullable(reason));
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void close() {
        broker.locked(() -> broker.end(this, EndReason.CLOSED));
        announce();
    }

    /** Tells of the end, if it has come. Called without the lock. */
    public void announce() {
        endReason().ifPresent(ended::complete);
    }

    void alarm(TimeSource.@Nullable Alarm next) {
        if (next == null && alarm != null) {
            alarm.cancel();
        }
        alarm = next;
    }

    /** What an interrupted wait throws. */
    static OperationInterruptedException interruptedWait(String name, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException(
                "Interrupted while waiting for a message of '" + name + "': nothing was taken", cause);
    }
}
