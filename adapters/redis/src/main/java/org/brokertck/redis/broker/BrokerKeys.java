package org.brokertck.redis.broker;

import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.KeyPrefix;
import org.brokertck.redis.connection.TextCodec;

/** The keys of one broker. */
final class BrokerKeys {
    final KeyPrefix prefix;

    /** When the server last was seen to run. */
    final byte[] pulse;

    /** As long as it is there no subscriber's lease runs out. */
    final byte[] grace;

    BrokerKeys(String broker) {
        prefix = new KeyPrefix("brokertck-broker", broker);
        pulse = prefix.key("pulse");
        grace = prefix.key("grace");
    }

    /** A sorted set: subscriber by when its lease runs out. */
    byte[] subscribers(String topic) {
        return prefix.key("subscribers:", TextCodec.encode(topic));
    }

    /** A list: what a subscriber has not handled. */
    byte[] inbox(String subscriber) {
        return prefix.key("inbox:", Bytes.of(subscriber));
    }

    /** Which of its connections an instance uses now. */
    byte[] epoch(String instance) {
        return prefix.key("epoch:", Bytes.of(instance));
    }
}
