package org.brokertck.api.requestreply;

import java.util.Objects;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Failure;

/**
 * A responder took the request and failed at it: its handler threw, or returned what cannot be sent (rule Y-2). Whether to ask
 * again depends on the failure alone; the broker did its part.
 */
public final class ResponderFailedException extends BrokerException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String text;

    /**
     * @param topic the topic of the request
     * @param failure what went wrong there
     */
    public ResponderFailedException(String topic, Failure failure) {
        super(
                "The responder to '" + topic + "' failed with "
                        + Objects.requireNonNull(failure, "failure").type() + ": " + failure.text(),
                null);
        this.type = failure.type();
        this.text = failure.text();
    }

    /** What went wrong at the responder. */
    public Failure failure() {
        return new Failure(type, text);
    }
}
