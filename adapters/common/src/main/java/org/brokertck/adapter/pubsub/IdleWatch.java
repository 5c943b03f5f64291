package org.brokertck.adapter.pubsub;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends subscriptions that idle, each within moments of its idle timeout, with one timer task per subscription and no polling. */
public final class IdleWatch {
    private final ScheduledExecutorService timer;

    /** @param timer runs the looks, which take no time but for what undoes the subscription on the server */
    public IdleWatch(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Watches the subscription until it ends. */
    public void watch(BufferedSubscription subscription) {
        Watched watched = new Watched(subscription);
        watched.look();
        subscription.ended().thenRun(watched::stop);
    }

    private final class Watched {
        private final BufferedSubscription subscription;
        private @Nullable Future<?> next;
        private boolean stopped;

        Watched(BufferedSubscription subscription) {
            this.subscription = subscription;
        }

        void look() {
            long nanos = subscription.endIfIdle();
            if (nanos > 0) {
                lookIn(nanos);
            }
        }

        private synchronized void lookIn(long nanos) {
            if (stopped) {
                return;
            }
            try {
                next = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The broker is closing, and ends all of them.
            }
        }

        /** Or a subscription that ended early would be held until its idle timeout. */
        synchronized void stop() {
            stopped = true;
            if (next != null) {
                next.cancel(false);
            }
        }
    }
}
