package org.brokertck.tck.faulty.requestreply.plain;

import java.util.concurrent.CompletableFuture;
import org.brokertck.api.message.Message;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A request, from its call to its end. */
public final class PlainRequest {
    /** Who asked. */
    public final PlainRequestReply owner;

    /** What was asked. */
    public final String topic;

    /** As the responder sees it. */
    public final Message message;

    /** By what its reply finds it. */
    public final Object correlation;

    /** How it ends. */
    public final CompletableFuture<Message> future = new CompletableFuture<>();

    TimeSource.@Nullable Alarm alarm;

    PlainRequest(PlainRequestReply owner, String topic, Message message, Object correlation) {
        this.owner = owner;
        this.topic = topic;
        this.message = message;
        this.correlation = correlation;
    }
}
