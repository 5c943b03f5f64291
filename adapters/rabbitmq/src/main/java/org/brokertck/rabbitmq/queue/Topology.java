package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.brokertck.rabbitmq.connection.Utf8;

/**
 * The server's queues that make up one queue of ours; each declaration is the same from every instance, for the server
 * refuses one that differs.
 *
 * @param name of the queue, and of the server's queue that holds its messages
 */
record Topology(String name) {
    private static final int LONGEST_NAME = 200;
    private static final Pattern DERIVED = Pattern.compile(".*:(dlq|retry)", Pattern.DOTALL);
    // Said outright: an administrator may have made another type the default of the virtual host.
    private static final Map<String, Object> CLASSIC = Map.of("x-queue-type", "classic");

    /** Checks the name. */
    Topology {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || Utf8.length(name) > LONGEST_NAME || name.startsWith("amq.")) {
            throw new IllegalArgumentException("name is '" + name + "': it must have from 1 to " + LONGEST_NAME
                    + " bytes and not start with 'amq.', which is the server's");
        }
        if (DERIVED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name is '" + name + "': the endings ':dlq' and ':retry' are kept for the helpers of other queues");
        }
    }

    /** The server's queue for dead letters. */
    String deadLetters() {
        return name + ":dlq";
    }

    /** The server's queue for messages that wait for their next attempt. */
    String waiting() {
        return name + ":retry";
    }

    /** Makes sure of all three. */
    void declare(Channel channel) throws IOException {
        channel.queueDeclare(name, true, false, false, CLASSIC);
        channel.queueDeclare(waiting(), true, false, false, CLASSIC);
        declareDeadLetters(channel);
    }

    /** Deletes all three with what is in them. */
    void delete(Channel channel) throws IOException {
        channel.queueDelete(name);
        channel.queueDelete(waiting());
        channel.queueDelete(deadLetters());
    }

    /** Makes sure of the queue for dead letters; the answer says how many it holds. */
    DeclareOk declareDeadLetters(Channel channel) throws IOException {
        return channel.queueDeclare(deadLetters(), true, false, false, CLASSIC);
    }
}
