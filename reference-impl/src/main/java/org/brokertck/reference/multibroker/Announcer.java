package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.multibroker.HealthListener;
import org.brokertck.api.multibroker.HealthTransition;

/** Tells the listeners of changes, in order, on one thread of its own, which lives while there is something to tell. */
final class Announcer {
    private static final Duration GRACE = Duration.ofMillis(200);

    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
    private final Inside inside;
    private final ThreadPoolExecutor thread;

    Announcer(String name, Inside inside) {
        this.inside = inside;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = new Thread(task, "brokertck-" + name + "-health-listeners");
            created.setDaemon(true);
            return created;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    void add(HealthListener listener) {
        listeners.add(listener);
    }

    void tell(HealthTransition transition) {
        try {
            thread.execute(() -> listeners.forEach(it -> tell(it, transition)));
        } catch (RejectedExecutionException closed) {
            // Nobody is told any more.
        }
    }

    private void tell(HealthListener listener, HealthTransition transition) {
        try (Inside.Stay stay = inside.enter()) {
            listener.changed(transition);
        } catch (Throwable ignored) {
            // A listener's failure is its own.
        }
    }

    void end() {
        thread.shutdown();
    }

    /** Waits for what is being told; a listener that hangs is interrupted, and left behind when it does not answer. */
    void awaitEnd() throws InterruptedException {
        if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
            if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                Thread.yield();
            }
        }
    }
}
