package org.brokertck.tck.history.requestreply;

import java.time.Duration;
import java.util.Optional;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;

/**
 * One request.
 *
 * @param requester who asked
 * @param topic what was asked
 * @param request the message; its id is the request's name in this history
 * @param timeout how long it may take
 * @param invoked when the call began
 * @param returned when the request ended; {@link Long#MAX_VALUE} while it has not
 * @param ending how it ended
 * @param reply what it was answered
 * @param detail what it threw; empty when it threw nothing
 */
public record RequestCall(
        String requester,
        String topic,
        Message request,
        Duration timeout,
        long invoked,
        long returned,
        Ending ending,
        Optional<Message> reply,
        String detail)
        implements Moment {
    /** A request that has just been made. */
    static RequestCall begun(String requester, String topic, Message request, Duration timeout) {
        return new RequestCall(
                requester,
                topic,
                request,
                timeout,
                System.nanoTime(),
                Long.MAX_VALUE,
                Ending.PENDING,
                Optional.empty(),
                "");
    }

    /** The same, ended with a reply now. */
    RequestCall replied(Message message) {
        return new RequestCall(
                requester,
                topic,
                request,
                timeout,
                invoked,
                System.nanoTime(),
                Ending.REPLIED,
                Optional.of(message),
                "");
    }

    /** The same, ended by an exception now. */
    RequestCall threw(Throwable thrown) {
        return new RequestCall(
                requester,
                topic,
                request,
                timeout,
                invoked,
                System.nanoTime(),
                Ending.of(thrown),
                Optional.empty(),
                thrown.toString());
    }

    /** The name of the request in this history. */
    public String id() {
        return request.id();
    }

    /** For how long it was under way; forever while it is. */
    public Duration took() {
        return Duration.ofNanos(returned == Long.MAX_VALUE ? Long.MAX_VALUE : returned - invoked);
    }

    /** The request as a responder must see it: with the topic that it was sent to. */
    public Message expected() {
        return request.toBuilder().topic(topic).build();
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String end = ending == Ending.PENDING ? "" : " after " + Moment.span(returned - invoked);
        String what = reply.map(it -> " by " + it.id()).orElse(detail.isEmpty() ? "" : " (" + detail + ")");
        return "%s asks %s of '%s' with a timeout of %s: %s%s%s"
                .formatted(requester, id(), topic, timeout, ending, end, what);
    }
}
