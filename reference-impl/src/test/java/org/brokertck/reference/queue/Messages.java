package org.brokertck.reference.queue;

import static org.brokertck.reference.Waits.eventually;

import org.brokertck.api.message.Message;
import org.brokertck.api.queue.MessageQueue;

/** Messages, and the waits for what becomes of them. */
final class Messages {
    private Messages() {}

    static Message message(String id) {
        return message(id, 0);
    }

    static Message message(String id, int maxRetries) {
        return Message.builder().id(id).maxRetries(maxRetries).build();
    }

    static void untilConsumed(MessageQueue queue, long count) {
        eventually().until(() -> queue.metrics().consumed() == count);
    }

    static void untilFailed(MessageQueue queue, long count) {
        eventually().until(() -> queue.metrics().failed() == count);
    }
}
