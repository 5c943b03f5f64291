package org.brokertck.redis.requestreply;

import org.brokertck.api.message.Message;
import org.brokertck.redis.connection.MessageCodec;

/** A request in the hand of a responder. */
final class Taken {
    private final String name;
    private final byte[] bytes;

    /**
     * @param name by which its answer finds back
     * @param bytes as {@link MessageCodec} encodes it
     */
    Taken(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    String name() {
        return name;
    }

    /** @throws IllegalArgumentException when it is none of ours */
    Message request() {
        return MessageCodec.decode(bytes);
    }
}
