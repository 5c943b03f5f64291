package org.brokertck.redis.broker;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.RedisAddress;

/**
 * What the parts of one open broker share.
 *
 * @param name of the broker
 * @param instance unlike any other's
 * @param config as it was opened with
 * @param address of the server
 * @param server what can be asked there
 * @param lifecycle whether it is open
 * @param failures their texts
 * @param timer for alarms; nothing on it waits
 * @param keeper for what may wait for the server
 * @param line the connection that all share
 * @param errors what failed
 * @param numbers for threads and subscribers
 */
record BrokerParts(
        String name,
        String instance,
        BrokerConfig config,
        RedisAddress address,
        BrokerServer server,
        Lifecycle lifecycle,
        Failures failures,
        ScheduledExecutorService timer,
        ScheduledExecutorService keeper,
        FencedLine line,
        BrokerErrors errors,
        AtomicLong numbers) {
    String threadName(String role) {
        return "brokertck-redis-" + name + "-" + role;
    }
}
