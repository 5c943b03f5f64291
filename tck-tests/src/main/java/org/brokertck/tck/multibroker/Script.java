package org.brokertck.tck.multibroker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerUnavailableException;
import org.jspecify.annotations.Nullable;

/** What one kind of call of a {@link ScriptedBroker} does. */
final class Script {
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile @Nullable Throwable before;
    private volatile @Nullable Throwable after;
    private volatile @Nullable CountDownLatch held;

    /** It does its work. */
    void works() {
        before = null;
        after = null;
        release();
    }

    /** It throws this and does nothing. */
    void fails(Throwable failure) {
        after = null;
        before = failure;
    }

    /** It does its work, and throws this all the same. */
    void worksAndFails(Throwable failure) {
        before = null;
        after = failure;
    }

    /** It neither returns nor answers an interrupt, until it is released; then it fails, as nobody waits for it any more. */
    void hangs() {
        before = new BrokerUnavailableException("it hung, and gave up");
        held = new CountDownLatch(1);
    }

    /** It takes its time, until it is released; then it does its work. */
    void waits() {
        before = null;
        held = new CountDownLatch(1);
    }

    /** Lets go of the calls that wait, and holds those to come. */
    void waitsAnew() {
        CountDownLatch latch = held;
        waits();
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Lets go of the calls that hang or wait, and of those to come. */
    void release() {
        CountDownLatch latch = held;
        held = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    /** How many calls hang or wait now. */
    int hanging() {
        return hanging.get();
    }

    void play(Runnable work) {
        CountDownLatch latch = held;
        Throwable failure = before;
        if (latch != null) {
            hold(latch);
        }
        if (failure != null) {
            throw unchecked(failure);
        }
        Throwable late = after;
        work.run();
        if (late != null) {
            throw unchecked(late);
        }
    }

    private void hold(CountDownLatch latch) {
        hanging.incrementAndGet();
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        hanging.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
