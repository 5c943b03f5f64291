package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/** A handler that holds every message until it is opened; for at most the given time, so that it never outlives its test by long. */
public final class Gate implements MessageHandler {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final Duration limit;

    /** @param limit for how long a message is held at most; then its handler fails */
    public Gate(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void handle(Message message) throws InterruptedException {
        inside.incrementAndGet();
        try {
            if (!opened.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("held for longer than " + limit);
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    /** Holds the message through every interrupt, as a handler does that does not listen. */
    public void handleStubbornly(Message message) {
        long end = System.nanoTime() + limit.toNanos();
        inside.incrementAndGet();
        boolean interrupted = false;
        while (opened.getCount() > 0 && System.nanoTime() < end) {
            try {
                boolean unused = opened.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        inside.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many handlers are held now. */
    public int inside() {
        return inside.get();
    }

    /** Lets all through, now and from now on. */
    public void open() {
        opened.countDown();
    }
}
