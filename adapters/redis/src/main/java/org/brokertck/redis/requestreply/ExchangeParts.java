package org.brokertck.redis.requestreply;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.Wiring;

/**
 * What the parts of one instance share.
 *
 * @param name of the instance, and of those that it shares responders with
 * @param instance unlike any other's
 * @param config as it was opened with
 * @param address of the server
 * @param keys of all instances of the name
 * @param server what can be asked there
 * @param lifecycle whether it is open
 * @param failures their texts
 * @param timer for alarms; nothing on it waits
 * @param keeper for what may wait for the server
 * @param wiring the connection that all share
 * @param numbers for threads and responders
 */
record ExchangeParts(
        String name,
        String instance,
        RequestReplyConfig config,
        RedisAddress address,
        ExchangeKeys keys,
        ExchangeServer server,
        Lifecycle lifecycle,
        Failures failures,
        ScheduledExecutorService timer,
        ScheduledExecutorService keeper,
        Wiring wiring,
        AtomicLong numbers) {
    String threadName(String role) {
        return "brokertck-redis-" + name + "-" + role;
    }

    /** The name of a request on the server, unlike that of any other. */
    String nameOf(PendingRequest request) {
        return instance + ":" + request.number();
    }
}
