package org.brokertck.adapter.requestreply;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.message.Message;

/** A request that waits for its end. It ends once, through its {@link RequestBook}; whatever comes later finds nobody. */
public abstract class PendingReply {
    private final long number;
    private final String topic;
    private final Duration timeout;
    /** Nobody's but ours, so that no user can end it. */
    private final CompletableFuture<Message> ended = new CompletableFuture<>();

    /**
     * @param number unlike that of any other request of the instance
     * @param timeout how long it may take
     */
    protected PendingReply(long number, String topic, Duration timeout) {
        this.number = number;
        this.topic = topic;
        this.timeout = timeout;
    }

    /** What its reply is told by. */
    public final long number() {
        return number;
    }

    public final String topic() {
        return topic;
    }

    public final Duration timeout() {
        return timeout;
    }

    /** What is run when it ends delays whoever ended it. */
    public final CompletableFuture<Message> ended() {
        return ended;
    }

    /** It has ended, however, and nobody knows yet: nothing needs to wake for it, nor to be sent. Must not wait. */
    protected void left() {}

    /** It has ended, nobody knows yet, and the server may still have it. Must not wait. */
    protected void givenUp() {}
}
