package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.jspecify.annotations.Nullable;

/** A consumer of a schedule, whose handler holds each message until it is told how to end. */
final class HoldingConsumer implements MessageHandler {
    private enum Order {
        LEAVE,
        SUCCEED,
        FAIL
    }

    private final Duration limit;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(4);
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile @Nullable Message held;
    private volatile boolean released;
    private boolean leaving;

    @SuppressWarnings("NullAway.Init") // given by whoever made this the handler, before the first order
    private Consumer consumer;

    /** @param limit for how long a message is held at most; then its handler fails */
    HoldingConsumer(Duration limit) {
        this.limit = limit;
    }

    void consumes(Consumer own) {
        this.consumer = own;
    }

    @Override
    public void handle(Message message) throws InterruptedException {
        held = message;
        try {
            while (!released) {
                Order order = orders.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (order == Order.LEAVE) {
                    consumer.close();
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

    /** What its handler holds. */
    @Nullable
    Message held() {
        return held;
    }

    boolean leaving() {
        return leaving;
    }

    /** Whether it closed itself from inside its handler in time. */
    boolean leaves(Duration within) {
        leaving = true;
        orders.add(Order.LEAVE);
        try {
            return left.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Consumer consumer() {
        return consumer;
    }

    void end(boolean failing) {
        orders.add(failing ? Order.FAIL : Order.SUCCEED);
    }

    /** Holds nothing any more: the test is over. */
    void release() {
        released = true;
        orders.clear();
        orders.add(Order.SUCCEED);
    }
}
