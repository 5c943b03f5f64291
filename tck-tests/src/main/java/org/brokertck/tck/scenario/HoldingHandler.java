package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.jspecify.annotations.Nullable;

/** A handler of a schedule: it holds each message until it is told how to end, or to close what calls it. */
public final class HoldingHandler implements MessageHandler {
    private enum Order {
        LEAVE,
        SUCCEED,
        FAIL
    }

    private final Duration limit;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(4);
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private volatile @Nullable Message held;
    private volatile boolean released;
    private boolean leaving;

    @SuppressWarnings("NullAway.Init") // given before the first order
    private Runnable close;

    /** @param limit for how long a message is held at most; then its handler fails */
    public HoldingHandler(Duration limit) {
        this.limit = limit;
    }

    /** It was subscribed, and ends with this. */
    public void endsWith(Runnable close) {
        this.close = close;
    }

    @Override
    public void handle(Message message) throws InterruptedException {
        held = message;
        begun.incrementAndGet();
        try {
            while (!released) {
                Order order = orders.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (order == Order.LEAVE) {
                    close.run();
                    left.countDown();
                } else if (order == Order.SUCCEED) {
                    return;
                } else {
                    throw new IllegalStateException("fails as the schedule says");
                }
            }
        } finally {
            held = null;
        }
    }

    /** What it holds. */
    public @Nullable Message held() {
        return held;
    }

    /** How many messages it was given so far. */
    public int begun() {
        return begun.get();
    }

    /** Whether it closed what calls it from inside. */
    public boolean leaving() {
        return leaving;
    }

    /** Closes what calls it, from outside. */
    public void close() {
        close.run();
    }

    /** Closes what calls it, from inside; false when that did not return in time. */
    public boolean leaves(Duration within) {
        leaving = true;
        orders.add(Order.LEAVE);
        try {
            return left.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets go of what it holds. */
    public void end(boolean failing) {
        orders.add(failing ? Order.FAIL : Order.SUCCEED);
    }

    /** Holds nothing any more: the test is over. */
    public void release() {
        released = true;
        orders.clear();
        orders.add(Order.SUCCEED);
    }
}
