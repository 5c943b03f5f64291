package org.brokertck.redis.requestreply;

import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.KeyPrefix;
import org.brokertck.redis.connection.TextCodec;

/** The keys of request/reply of one name. */
final class ExchangeKeys {
    final KeyPrefix prefix;

    ExchangeKeys(String name) {
        prefix = new KeyPrefix("brokertck-requests", name);
    }

    /** A list: the names of the requests that wait for a responder. */
    byte[] line(String topic) {
        return prefix.key("line:", TextCodec.encode(topic));
    }

    /** A sorted set: responder by when its lease runs out. */
    byte[] responders(String topic) {
        return prefix.key("responders:", TextCodec.encode(topic));
    }

    /** A list: the names of the requests that a responder has taken. */
    byte[] hand(String responder) {
        return prefix.key("hand:", Bytes.of(responder));
    }

    /** The bytes of a request, until it has ended. */
    byte[] request(String request) {
        return prefix.key("request:", Bytes.of(request));
    }

    /** A list: what came back to an instance. */
    byte[] replies(String instance) {
        return prefix.key("replies:", Bytes.of(instance));
    }
}
