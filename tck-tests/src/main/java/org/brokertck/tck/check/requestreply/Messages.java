package org.brokertck.tck.check.requestreply;

import org.brokertck.api.message.Message;
import org.brokertck.tck.check.NoInvention;

/** Compares messages that must be equal in all fields. */
final class Messages {
    private Messages() {}

    /** What differs, in words; empty when nothing does. */
    static String difference(Message sent, Message received) {
        return sent.retries() == received.retries()
                ? NoInvention.difference(sent, received)
                : "retries was %d and came as %d".formatted(sent.retries(), received.retries());
    }
}
