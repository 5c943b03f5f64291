package org.brokertck.redis.requestreply;

import java.io.ByteArrayOutputStream;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.TextCodec;

/** The keys of request/reply of one name. The braces make a cluster keep them all on one node; no name has a brace or a colon in it. */
final class ExchangeKeys {
    /** How all of them begin; the scripts build some of them from it. */
    final byte[] prefix;

    ExchangeKeys(String name) {
        prefix = Bytes.of("{brokertck-requests:" + name + "}:");
    }

    /** A glob that takes in all of them. */
    byte[] all() {
        return key("", Bytes.of("*"));
    }

    /** A list: the names of the requests that wait for a responder. */
    byte[] line(String topic) {
        return key("line:", TextCodec.encode(topic));
    }

    /** A sorted set: responder by when its lease runs out. */
    byte[] responders(String topic) {
        return key("responders:", TextCodec.encode(topic));
    }

    /** A list: the names of the requests that a responder has taken. */
    byte[] hand(String responder) {
        return key("hand:", Bytes.of(responder));
    }

    /** The bytes of a request, until it has ended. */
    byte[] request(String request) {
        return key("request:", Bytes.of(request));
    }

    /** A list: what came back to an instance. */
    byte[] replies(String instance) {
        return key("replies:", Bytes.of(instance));
    }

    private byte[] key(String kind, byte[] rest) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(prefix);
        key.writeBytes(Bytes.of(kind));
        key.writeBytes(rest);
        return key.toByteArray();
    }
}
