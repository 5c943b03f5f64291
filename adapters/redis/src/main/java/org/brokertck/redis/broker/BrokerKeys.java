package org.brokertck.redis.broker;

import java.io.ByteArrayOutputStream;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.TextCodec;

/** The keys of one broker. The braces make a cluster keep them all on one node; no name has a brace or a colon in it. */
final class BrokerKeys {
    /** How all of them begin; the scripts build some of them from it. */
    final byte[] prefix;

    /** When the server last was seen to run. */
    final byte[] pulse;

    /** As long as it is there no subscriber's lease runs out. */
    final byte[] grace;

    BrokerKeys(String broker) {
        prefix = Bytes.of("{brokertck-broker:" + broker + "}:");
        pulse = key("pulse", new byte[0]);
        grace = key("grace", new byte[0]);
    }

    /** A glob that takes in all of them. */
    byte[] all() {
        return key("", Bytes.of("*"));
    }

    /** A sorted set: subscriber by when its lease runs out. */
    byte[] subscribers(String topic) {
        return key("subscribers:", TextCodec.encode(topic));
    }

    /** A list: what a subscriber has not handled. */
    byte[] inbox(String subscriber) {
        return key("inbox:", Bytes.of(subscriber));
    }

    /** Which of its connections an instance uses now. */
    byte[] epoch(String instance) {
        return key("epoch:", Bytes.of(instance));
    }

    private byte[] key(String kind, byte[] rest) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(prefix);
        key.writeBytes(Bytes.of(kind));
        key.writeBytes(rest);
        return key.toByteArray();
    }
}
