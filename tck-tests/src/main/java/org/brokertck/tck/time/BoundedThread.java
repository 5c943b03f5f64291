package org.brokertck.tck.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One thread that makes calls in turn, each of which must return: for rules that speak of the order within one thread. Otherwise as
 * {@link Bounded}.
 */
public final class BoundedThread implements AutoCloseable {
    private final LinkedBlockingQueue<FutureTask<?>> calls = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param name tells whose thread it is */
    public BoundedThread(String name) {
        thread = new Thread(this::work, Bounded.THREAD_PREFIX + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        while (!closed) {
            try {
                calls.take().run();
            } catch (InterruptedException e) {
                // A call was stuck or left the thread interrupted, or this is the end. The next call begins without it.
            }
        }
    }

    /** Makes a call on this thread and waits for its end, as {@link Bounded.Running#await} does. */
    public <T> T call(Duration limit, String what, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        make(task);
        return Bounded.await(what, task, thread, limit);
    }

    /** Makes a call on this thread when those before it have ended. */
    void make(FutureTask<?> call) {
        calls.add(call);
    }

    Thread thread() {
        return thread;
    }

    /** Ends the thread; a call under way is interrupted. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
