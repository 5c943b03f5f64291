package org.brokertck.performance.load;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.brokertck.performance.load.Load.Feed;
import org.jspecify.annotations.Nullable;

/** A thread that sends as fast as it can for a while, and lives on until the measurement is over. */
final class Producer<T> {
    /** The clock is read once in so many records. */
    private static final int STRIDE = 16;

    private final Lane<T> lane;
    private final Load<T> load;
    private final long nanos;
    private final CyclicBarrier start;
    private final CyclicBarrier end;
    private final Thread thread;
    private long sent;
    private long sum;
    private @Nullable Throwable failure;

    Producer(int number, Lane<T> lane, Load<T> load, long nanos, CyclicBarrier start, CyclicBarrier end) {
        this.lane = lane;
        this.load = load;
        this.nanos = nanos;
        this.start = start;
        this.end = end;
        this.thread = new Thread(() -> run(number), "producer-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the thread's end. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** How many records it sent; known when it has passed the end barrier for the first time. */
    long sent() {
        return sent;
    }

    /** The sum of their fingerprints. */
    long sum() {
        return sum;
    }

    /** What made it stop before its time. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private void run(int number) {
        try {
            Feed<T> feed = load.feeds().apply(number);
            Sender<T> sender = openSender();
            // Once when ready, once to go.
            start.await();
            start.await();
            if (sender != null) {
                send(feed, sender);
            }
            end.await();
            end.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            failure = failure == null ? e : failure;
        }
    }

    private @Nullable Sender<T> openSender() {
        try {
            return lane.sender();
        } catch (Exception e) {
            failure = e;
            return null;
        }
    }

    private void send(Feed<T> feed, Sender<T> sender) {
        long last = load.cycle() - 1;
        long until = System.nanoTime() + nanos;
        try {
            while (System.nanoTime() - until < 0) {
                for (int i = 0; i < STRIDE; i++) {
                    long stamp = sent & last;
                    sender.send(feed.next(stamp));
                    sent++;
                    sum += Tally.fingerprint(stamp);
                }
            }
            sender.flush();
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }
}
