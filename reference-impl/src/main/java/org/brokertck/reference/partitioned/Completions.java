package org.brokertck.reference.partitioned;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/**
 * Completes futures on a thread of its own, for what hangs on them is the user's code: it must hold up neither a producer, nor a
 * timer, nor a handler, and may call the broker. The thread starts when it is needed and ends soon after.
 */
final class Completions {
    private static final long IDLE_SECONDS = 1;
    /** How long what hangs on the last futures may take at a shutdown before it is interrupted; real time. */
    private static final long GRACE_MILLIS = 200;

    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    /** @param threadName the name of the one thread that this may start */
    Completions(String threadName) {
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> newThread(task, threadName));
        executor.allowCoreThreadTimeOut(true);
    }

    void complete(CompletableFuture<Position> future, Position position) {
        executor.execute(() -> future.complete(position));
    }

    /** Completes what is left, and then ends. Does not wait. */
    void shutdown() {
        executor.shutdown();
    }

    /** Whether the current thread is this one's, which cannot wait for itself. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Waits a little for the end of the thread; interrupts it when it takes too long, or when the caller is interrupted. */
    void awaitEnd() {
        Thread last = thread;
        if (last == null || isCurrentThread()) {
            return;
        }
        try {
            last.join(GRACE_MILLIS);
            if (last.isAlive()) {
                last.interrupt();
                last.join(GRACE_MILLIS);
            }
        } catch (InterruptedException e) {
            last.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable task, String name) {
        Thread created = new Thread(task, name);
        created.setDaemon(true);
        thread = created;
        return created;
    }
}
