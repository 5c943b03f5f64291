package org.brokertck.tck.history.requestreply;

import java.util.Optional;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Moment;

/**
 * One call of a responder's handler.
 *
 * @param responder whose handler
 * @param topic what the responder responds to
 * @param request what the handler was given
 * @param invoked when it began
 * @param returned when it ended; {@link Long#MAX_VALUE} while it has not
 * @param reply what it returned; empty while it has not, or when it returned null
 * @param failure what it threw
 */
public record Handling(
        String responder,
        String topic,
        Message request,
        long invoked,
        long returned,
        Optional<Message> reply,
        Optional<Failure> failure)
        implements Moment {
    /** The name of the request in this history. */
    public String id() {
        return request.id();
    }

    /** Whether it has ended, in whatever way. */
    public boolean ended() {
        return returned != Long.MAX_VALUE;
    }

    /** Whether it ended without a reply. */
    public boolean failed() {
        return ended() && reply.isEmpty();
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String end = "";
        if (ended()) {
            String what = failure.map(it -> "throws " + it.type() + ": " + it.text())
                    .orElse(reply.map(it -> "returns " + it.id()).orElse("returns null"));
            end = ", %s after %s".formatted(what, Moment.span(returned - invoked));
        }
        return "%s handles %s of '%s'%s".formatted(responder, id(), topic, end);
    }
}
