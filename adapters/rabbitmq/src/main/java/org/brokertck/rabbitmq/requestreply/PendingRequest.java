package org.brokertck.rabbitmq.requestreply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.brokertck.api.message.Message;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Publication;
import org.jspecify.annotations.Nullable;

/** A request that waits for its end. It ends once, through its {@link RequestBook}; whatever comes later finds nobody. */
final class PendingRequest {
    private final String topic;
    private final long number;
    private final Deadline deadline;
    private final Publication publication;
    /** Nobody's but ours, so that no user can end it. */
    private final CompletableFuture<Message> ended = new CompletableFuture<>();

    private @Nullable Future<?> alarm;
    private @Nullable Future<?> look;
    private boolean inQueue;

    PendingRequest(String topic, long number, Deadline deadline, Publication publication) {
        this.topic = topic;
        this.number = number;
        this.deadline = deadline;
        this.publication = publication;
    }

    String topic() {
        return topic;
    }

    /** What its reply is told by. */
    long number() {
        return number;
    }

    Deadline deadline() {
        return deadline;
    }

    Publication publication() {
        return publication;
    }

    CompletableFuture<Message> ended() {
        return ended;
    }

    /** Sets what ends it when its time is up. */
    synchronized void alarm(Future<?> set) {
        alarm = set;
    }

    /** It was put into its queue, and this will look whether anybody takes from there. */
    synchronized void look(Future<?> set) {
        inQueue = true;
        look = set;
        if (ended.isDone()) {
            cancelLook();
        }
    }

    /** Whether it is known to have been put into its queue. */
    synchronized boolean inQueue() {
        return inQueue;
    }

    synchronized void cancelLook() {
        if (look != null) {
            look.cancel(false);
        }
    }

    /** It has ended: nothing needs to wake for it, nor to be sent. */
    synchronized void leave() {
        boolean unused = publication.withdraw();
        if (alarm != null) {
            alarm.cancel(false);
        }
        cancelLook();
    }
}
