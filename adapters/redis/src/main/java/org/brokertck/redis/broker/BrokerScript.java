package org.brokertck.redis.broker;

import org.brokertck.redis.connection.Script;

/** The scripts of the message broker. */
final class BrokerScript {
    static final Script PRODUCE = script("PRODUCE");
    static final Script JOIN = script("JOIN");
    static final Script RENEW = script("RENEW");
    static final Script LEAVE = script("LEAVE");
    static final Script ROOM = script("ROOM");

    private BrokerScript() {}

    private static Script script(String name) {
        return Script.of(BrokerScript.class, name);
    }
}
