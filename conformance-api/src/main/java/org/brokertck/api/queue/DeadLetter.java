package org.brokertck.api.queue;

import java.util.Objects;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;

/**
 * A message whose last permitted attempt failed (rule Q-14).
 *
 * @param message as its last attempt carried it: {@link Message#retries()} is {@code attempts - 1}
 * @param attempts how often a handler was given the message since it was produced or last redriven; at least 1
 * @param failureType the class name of what the last attempt threw
 * @param failureText its message, cut to {@value #MAX_FAILURE_TEXT} characters; empty when it had none
 */
public record DeadLetter(Message message, int attempts, String failureType, String failureText) {
    /** The longest failure text that is kept, in characters; longer ones are cut. */
    public static final int MAX_FAILURE_TEXT = Failure.MAX_TEXT;

    /** Checks the bounds and cuts the text. */
    public DeadLetter {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(failureType, "failureType");
        Objects.requireNonNull(failureText, "failureText");
        failureText = new Failure(failureType, failureText).text();
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "attempts is " + attempts + ": a dead letter was attempted at least once");
        }
    }

    /** The dead letter that a failed last attempt at {@code message} makes, whatever the failure does when asked for its text. */
    public static DeadLetter of(Message message, Throwable thrown) {
        Failure failure = Failure.of(thrown);
        return new DeadLetter(message, message.retries() + 1, failure.type(), failure.text());
    }
}
