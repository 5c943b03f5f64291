package org.brokertck.redis.queue;

import org.brokertck.api.queue.QueueConfig;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.LinkPool;
import org.brokertck.redis.connection.RedisAddress;

/**
 * What the parts of one open queue share.
 *
 * @param queue its name
 * @param instance the name of this instance, different from that of any other
 */
record QueueParts(
        String queue,
        String instance,
        QueueConfig config,
        QueueServer server,
        LinkPool links,
        Counters counters,
        Ledger ledger,
        RoomLine line,
        Lifecycle lifecycle,
        Failures failures) {
    static QueueParts of(String queue, String instance, QueueConfig config, RedisAddress address) {
        Counters counters = new Counters();
        return new QueueParts(
                queue,
                instance,
                config,
                new QueueServer(queue, instance),
                new LinkPool(address, threadName(queue, instance)),
                counters,
                new Ledger(instance, counters),
                new RoomLine(),
                new Lifecycle("Queue '" + queue + "'"),
                new Failures(address));
    }

    /** The name of a thread or connection of this instance. */
    String threadName(String what) {
        return threadName(queue, what);
    }

    private static String threadName(String queue, String what) {
        return "brokertck-redis-" + queue + "-" + what;
    }
}
