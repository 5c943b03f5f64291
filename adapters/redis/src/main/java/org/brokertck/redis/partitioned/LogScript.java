package org.brokertck.redis.partitioned;

import org.brokertck.redis.connection.Script;

/** The scripts of the partitioned broker. */
final class LogScript {
    static final Script CREATE = script("CREATE");
    static final Script PRODUCE = script("PRODUCE");
    static final Script ROOM = script("ROOM");
    static final Script RESOLVE = script("RESOLVE");
    static final Script FETCH = script("FETCH");
    static final Script JOIN = script("JOIN");
    static final Script LOOK = script("LOOK");
    static final Script PLAN = script("PLAN");
    static final Script ACQUIRE = script("ACQUIRE");
    static final Script RELEASE = script("RELEASE");
    static final Script LEAVE = script("LEAVE");
    static final Script EXPEL = script("EXPEL");
    static final Script COMMIT = script("COMMIT");
    static final Script BURY = script("BURY");
    static final Script PURGE = script("PURGE");

    private LogScript() {}

    private static Script script(String name) {
        return Script.of(LogScript.class, name);
    }
}
