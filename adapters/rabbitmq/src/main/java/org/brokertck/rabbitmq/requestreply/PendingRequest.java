package org.brokertck.rabbitmq.requestreply;

import java.time.Duration;
import java.util.concurrent.Future;
import org.brokertck.adapter.requestreply.PendingReply;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Publication;
import org.jspecify.annotations.Nullable;

/** A request, how it is sent, and the look that is taken after it. */
final class PendingRequest extends PendingReply {
    private final Deadline deadline;
    private final Publication publication;

    private @Nullable Future<?> look;
    private boolean inQueue;

    PendingRequest(String topic, long number, Duration timeout, Publication publication) {
        super(number, topic, timeout);
        this.deadline = Deadline.in(timeout);
        this.publication = publication;
    }

    Deadline deadline() {
        return deadline;
    }

    Publication publication() {
        return publication;
    }

    /** It was put into its queue, and this will look whether anybody takes from there. */
    synchronized void look(Future<?> set) {
        inQueue = true;
        look = set;
        if (ended().isDone()) {
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

    @Override
    protected void left() {
        boolean unused = publication.withdraw();
        cancelLook();
    }
}
