package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.brokertck.adapter.partitioned.LogFigures;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;

/**
 * What the parts of one open broker share.
 *
 * @param instance the number of this instance, different from that of any other
 * @param handlers threads for handlers, and for what users hang on futures
 * @param timer waits between attempts
 */
record LogParts(
        String broker,
        long instance,
        PartitionedConfig config,
        LogServer server,
        GroupServer groups,
        Wires wires,
        LogFigures figures,
        Lifecycle lifecycle,
        Failures failures,
        ExecutorService handlers,
        ScheduledExecutorService timer) {
    /** How long the server is given at least, whatever the configuration: one round trip must fit in. */
    static final Duration LEAST_FOR_SERVER = Duration.ofSeconds(1);

    /** For calls that nobody waits for. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** The name of a thread of this instance. */
    String threadName(String what) {
        return threadName(broker, what);
    }

    static String threadName(String broker, String what) {
        return "brokertck-redis-" + broker + "-" + what;
    }

    /** How long a call waits for the server. */
    Duration patience() {
        Duration configured = config.produceTimeout();
        return configured.compareTo(LEAST_FOR_SERVER) > 0 ? configured : LEAST_FOR_SERVER;
    }

    String instanceName() {
        return Long.toHexString(instance);
    }
}
