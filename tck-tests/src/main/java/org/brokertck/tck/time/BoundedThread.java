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
                // A call that was stuck was interrupted, or this is the end.
            }
        }
    }

    /** Makes a call on this thread and waits for its end, as {@link Bounded.Running#await} does. */
    public <T> T call(Duration limit, String what, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        calls.add(task);
        return Bounded.await(what, task, thread, limit);
    }

    /** Ends the thread; a call under way is interrupted. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
