package org.brokertck.rabbitmq.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.UUID;
import org.brokertck.rabbitmq.connection.PlainName;

/**
 * What all instances of one broker share on the server.
 *
 * @param name of the broker
 */
record BrokerExchange(String name) {
    /** Checks the name. */
    BrokerExchange {
        name = PlainName.require(name);
    }

    /** The name of the exchange. */
    String exchange() {
        return name + ":broker";
    }

    /** A name for the queue of one more subscriber. */
    String newQueue() {
        return name + ":subscriber:" + UUID.randomUUID();
    }

    /** Makes sure of it; the same from every instance. */
    void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(exchange(), BuiltinExchangeType.DIRECT, true);
    }

    /** Asks the server whether it is there: fails when it is not. */
    void look(Channel channel) throws IOException {
        channel.exchangeDeclarePassive(exchange());
    }

    void delete(Channel channel) throws IOException {
        channel.exchangeDelete(exchange());
    }
}
