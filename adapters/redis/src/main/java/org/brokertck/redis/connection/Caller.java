package org.brokertck.redis.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.commands.ProtocolCommand;

/** What a command can be sent over. */
public interface Caller {
    /**
     * Sends a command and waits for the reply.
     *
     * @param timeout how long to wait; less than a millisecond counts as one
     * @return bytes, a number, a list of such, or null
     * @throws RedisFailure when no reply came in time or it is an error
     */
    @Nullable
    Object call(Duration timeout, ProtocolCommand command, byte[]... arguments);
}
