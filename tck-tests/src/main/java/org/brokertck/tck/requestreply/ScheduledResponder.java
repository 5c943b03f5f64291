package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.Optional;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.scenario.HoldingHandler;
import org.jspecify.annotations.Nullable;

/** A responder of a schedule: its handler holds each request until it is told how to end. */
final class ScheduledResponder implements RequestHandler {
    private final String topic;
    private final HoldingHandler handler;
    private volatile boolean silent;
    private @Nullable ScheduledRequest held;
    private int begun;

    ScheduledResponder(String topic, Duration limit) {
        this.topic = topic;
        this.handler = new HoldingHandler(limit);
    }

    /** It was opened. */
    void is(Responder responder) {
        handler.endsWith(responder::close);
    }

    @Override
    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    public Message handle(Message request) throws InterruptedException {
        handler.handle(request);
        return silent ? null : Replies.to(request);
    }

    String topic() {
        return topic;
    }

    HoldingHandler handler() {
        return handler;
    }

    /** What it was given that we do not know of yet. */
    Optional<Message> news() {
        return handler.begun() > begun ? Optional.ofNullable(handler.held()) : Optional.empty();
    }

    /** Whether its handler has ended before it was let go. */
    boolean endedEarly() {
        return held != null && handler.begun() == begun && handler.held() == null;
    }

    /** It holds this now. */
    void given(ScheduledRequest request) {
        begun++;
        held = request;
    }

    Optional<ScheduledRequest> held() {
        return Optional.ofNullable(held);
    }

    /** Lets go of what it holds, with a reply or null. */
    void returns(boolean nothing) {
        held = null;
        silent = nothing;
        handler.end(false);
    }

    /** Lets go of what it holds, by throwing. */
    void fails() {
        held = null;
        handler.end(true);
    }
}
