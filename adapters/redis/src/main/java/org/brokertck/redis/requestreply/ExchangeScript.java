package org.brokertck.redis.requestreply;

import org.brokertck.redis.connection.Script;

/** The scripts of request/reply. */
final class ExchangeScript {
    static final Script JOIN = script("JOIN");
    static final Script ASK = script("ASK");
    static final Script TURN = script("TURN");
    static final Script LEAVE = script("LEAVE");
    static final Script RENEW = script("RENEW");
    static final Script FORGET = script("FORGET");

    private ExchangeScript() {}

    private static Script script(String name) {
        return Script.of(ExchangeScript.class, name);
    }
}
