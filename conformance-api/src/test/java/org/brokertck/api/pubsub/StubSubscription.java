package org.brokertck.api.pubsub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/** A subscription that a test fills, ends and breaks by hand. */
class StubSubscription implements Subscription {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Message> buffered = new ArrayDeque<>();
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private @Nullable RuntimeException failure;
    private int waiting;

    void put(String... ids) {
        change(() -> {
            for (String id : ids) {
                buffered.add(Message.builder().id(id).build());
            }
        });
    }

    /** From now on takes throw this. */
    void fail(RuntimeException with) {
        change(() -> failure = with);
    }

    int buffered() {
        lock.lock();
        try {
            return buffered.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits in a take. */
    boolean isAwaited() {
        lock.lock();
        try {
            return waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String pattern() {
        return "stub";
    }

    @Override
    public Optional<Message> take() {
        return next(true);
    }

    @Override
    public Optional<Message> poll(Duration timeout) {
        return next(false);
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long gaps() {
        return 0;
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return ended;
    }

    @Override
    public void close() {
        end(EndReason.CLOSED);
    }

    void end(EndReason reason) {
        ended.complete(reason);
        change(() -> {});
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Message> next(boolean wait) {
        lock.lock();
        try {
            waiting++;
            while (wait && failure == null && buffered.isEmpty() && endReason().isEmpty()) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            return Optional.ofNullable(buffered.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for the stub");
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}
