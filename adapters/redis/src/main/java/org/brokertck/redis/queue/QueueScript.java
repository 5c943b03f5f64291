package org.brokertck.redis.queue;

import org.brokertck.redis.connection.Script;

/** The scripts of the queue. */
final class QueueScript {
    static final Script OPEN = script("OPEN");
    static final Script PRODUCE = script("PRODUCE");
    static final Script RESOLVE = script("RESOLVE");
    static final Script TAKE = script("TAKE");
    static final Script ACK = script("ACK");
    static final Script RETRY = script("RETRY");
    static final Script DUE = script("DUE");
    static final Script SETASIDE = script("SETASIDE");
    static final Script REDRIVE = script("REDRIVE");
    static final Script PURGE = script("PURGE");
    static final Script SWEEP = script("SWEEP");
    static final Script RETIRE = script("RETIRE");
    static final Script LEAVE = script("LEAVE");

    private QueueScript() {}

    private static Script script(String name) {
        return Script.of(QueueScript.class, name);
    }
}
