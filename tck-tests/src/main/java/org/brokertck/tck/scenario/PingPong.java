package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Sends one thing after the other, each as soon as the one before has arrived: at the very moment at which whoever waits for it
 * goes to sleep. A wake-up that can be lost between a look and a sleep is lost here before long.
 */
public final class PingPong {
    /** Over how many steps the moment moves; each is some tens of nanoseconds. */
    private static final int STEPS = 512;

    private final AtomicInteger arrived = new AtomicInteger();

    /** To be called when one has arrived. */
    public void arrived() {
        arrived.incrementAndGet();
    }

    /**
     * Goes on for a while.
     *
     * @param length how long
     * @param patience how long one may take to arrive
     * @param send sends one; is told its number, from 1
     * @return the number of the one that did not arrive; 0 when all did
     */
    public int play(Duration length, Duration patience, IntConsumer send) {
        long start = System.nanoTime();
        for (int sent = 1; System.nanoTime() - start < length.toNanos(); sent++) {
            send.accept(sent);
            if (!arrives(sent, patience)) {
                return sent;
            }
            for (int i = 0; i < sent % STEPS; i++) {
                Thread.onSpinWait();
            }
        }
        return 0;
    }

    private boolean arrives(int sent, Duration patience) {
        long start = System.nanoTime();
        while (arrived.get() < sent) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            // One that shares a processor with whom it waits for must let that one have it.
            Thread.yield();
        }
        return true;
    }
}
