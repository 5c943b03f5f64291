package org.brokertck.rabbitmq.partitioned;

import java.util.UUID;
import org.brokertck.rabbitmq.connection.PlainName;

/**
 * The names of what a broker has on the server.
 *
 * @param broker its name, which has no colon in it, so that names of two brokers are never the same
 */
record StreamNames(String broker) {
    private static final int DIGITS = 8;

    /** Checks the name. */
    StreamNames {
        broker = PlainName.require(broker);
    }

    /** The stream of facts. */
    String journal() {
        return broker + ":journal";
    }

    /** The queue that is there as long as an instance is. */
    String presence(String instance) {
        return broker + ":instance:" + instance;
    }

    /** A new stream for a partition. Two who make one at the same time make two, and the journal says which is the partition's. */
    String newStream(String topic, int partition) {
        return broker + ":" + topic + ":" + partition + ":"
                + UUID.randomUUID().toString().substring(0, DIGITS);
    }
}
