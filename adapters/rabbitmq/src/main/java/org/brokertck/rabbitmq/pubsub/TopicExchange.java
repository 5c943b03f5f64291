package org.brokertck.rabbitmq.pubsub;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Objects;
import org.brokertck.rabbitmq.connection.Utf8;

/**
 * The exchange of one broker.
 *
 * @param name of the broker and of the exchange
 */
record TopicExchange(String name) {
    private static final int LONGEST_NAME = 200;

    /** Checks the name. */
    TopicExchange {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || Utf8.length(name) > LONGEST_NAME || name.startsWith("amq.")) {
            throw new IllegalArgumentException("name is '" + name + "': it must have from 1 to " + LONGEST_NAME
                    + " bytes and not start with 'amq.', which is the server's");
        }
    }

    /** Makes sure of it; the same from every instance. */
    void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true);
    }

    void delete(Channel channel) throws IOException {
        channel.exchangeDelete(name);
    }
}
