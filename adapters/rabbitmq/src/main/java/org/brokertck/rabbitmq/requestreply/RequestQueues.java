package org.brokertck.rabbitmq.requestreply;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.brokertck.rabbitmq.connection.PlainName;
import org.brokertck.rabbitmq.connection.Utf8;

/**
 * The names of the queues of one instance of request/reply.
 *
 * @param name of the instance, which has no colon in it, so that queues of two names are never the same
 */
record RequestQueues(String name) {
    private static final int LONGEST_QUEUE = 255;

    /** Checks the name. */
    RequestQueues {
        name = PlainName.require(name);
    }

    /** The queue for the requests of a topic; told by a digest where AMQP cannot carry the topic in a name. */
    String of(String topic) {
        String readable = name + ":request:" + topic;
        boolean fits = Utf8.survives(readable) && Utf8.length(readable) <= LONGEST_QUEUE;
        return fits ? readable : name + ":request#" + digest(topic);
    }

    private static String digest(String topic) {
        try {
            // Character by character: no encoder keeps half a surrogate pair.
            ByteBuffer characters = ByteBuffer.allocate(topic.length() * Character.BYTES);
            characters.asCharBuffer().put(topic);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(characters.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
        }
    }
}
