package org.brokertck.redis.queue;

import org.brokertck.redis.connection.KeyPrefix;

/** The keys of one queue. */
final class Keys {
    /** What is not settled, in order. */
    final byte[] stream;

    /** A sorted set: entry id by when its retry is due. */
    final byte[] delayed;

    /** A stream of the dead letters. */
    final byte[] dead;

    /** A stream of entries that no instance of ours had made. */
    final byte[] foreign;

    /** A sorted set: open instance by when its lease runs out. */
    final byte[] instances;

    /** A hash of one instance: lane by the last number that it added. */
    final byte[] lanes;

    /** All but the instance's own, which it deletes when it is closed. */
    byte[][] ofQueue() {
        return new byte[][] {stream, delayed, dead, foreign, instances};
    }

    Keys(String queue, String instance) {
        KeyPrefix prefix = new KeyPrefix("brokertck", queue);
        stream = prefix.key("stream");
        delayed = prefix.key("delayed");
        dead = prefix.key("dead");
        foreign = prefix.key("foreign");
        instances = prefix.key("instances");
        lanes = prefix.key("lanes:" + instance);
    }
}
