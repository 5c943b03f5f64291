package org.brokertck.tck.faulty.queue.plain;

import org.brokertck.api.message.Message;

/** One handing out of one message. Compared by identity: a message that is handed out again is another delivery. */
public final class Delivery {
    private final Message message;

    Delivery(Message message) {
        this.message = message;
    }

    /** What is handed out, as it is stored. */
    public Message message() {
        return message;
    }
}
