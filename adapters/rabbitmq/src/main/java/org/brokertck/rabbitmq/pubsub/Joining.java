package org.brokertck.rabbitmq.pubsub;

import java.util.concurrent.CompletableFuture;
import org.brokertck.adapter.pubsub.BufferedSubscription;

/** A subscription that its marker has yet to begin. Either it begins, or whoever waits for it gives up: the first of the two counts. */
final class Joining {
    private final BufferedSubscription subscription;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

    Joining(BufferedSubscription subscription) {
        this.subscription = subscription;
    }

    BufferedSubscription subscription() {
        return subscription;
    }

    /** Completes when it has begun, or was given up. */
    CompletableFuture<Boolean> begun() {
        return begun;
    }

    /** The marker is there. @return false when nobody waits any more */
    boolean begin() {
        return begun.complete(true);
    }

    /** Nobody waits any more. @return false when it has begun before */
    boolean giveUp() {
        return begun.complete(false);
    }

    /** Whether the marker is still of interest. */
    boolean isPending() {
        return !begun.isDone();
    }
}
