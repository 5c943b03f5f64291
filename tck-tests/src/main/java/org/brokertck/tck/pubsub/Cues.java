package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Tells the actors of a workload how far it is, so that each enters when it is meant to. */
final class Cues {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration patience;
    private int publishes;
    private int publishing;
    private int movers;

    /**
     * @param publishing how many publishers will publish
     * @param movers how many actors will move on a cue
     * @param patience how long an actor waits for one
     */
    Cues(int publishing, int movers, Duration patience) {
        this.publishing = publishing;
        this.movers = movers;
        this.patience = patience;
    }

    void publishBegins() {
        change(() -> publishes++);
    }

    void publisherDone() {
        change(() -> publishing--);
    }

    void moverDone() {
        change(() -> movers--);
    }

    /** Waits until so many publishes have begun, or no more will. */
    void awaitPublishes(int count) {
        await(() -> publishes >= count || publishing == 0);
    }

    /** Waits until every publisher is done and everyone has moved who was to. */
    void awaitRest() {
        await(() -> publishing == 0 && movers == 0);
    }

    private void await(BooleanSupplier reached) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!reached.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
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
}
