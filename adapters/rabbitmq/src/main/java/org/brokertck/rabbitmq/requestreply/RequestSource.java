package org.brokertck.rabbitmq.requestreply;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.brokertck.rabbitmq.consuming.Source;

/**
 * The queue for the requests of one topic, as its responders take from it.
 *
 * @param queue its name
 */
record RequestSource(String queue) implements Source {
    /** How long a queue lasts that no responder takes from, after a server was restarted and nobody came back. */
    private static final Duration EXPIRY = Duration.ofMinutes(1);

    private static final Map<String, Object> ARGUMENTS =
            Map.of("x-queue-type", "classic", "x-expires", Math.toIntExact(EXPIRY.toMillis()));

    /** A responder holds what it works on: the rest is for the others. */
    @Override
    public int prefetch() {
        return 1;
    }

    /** Durable, since servers give up shared queues that are not; and gone with its last responder all the same. */
    @Override
    public void declare(Channel channel) throws IOException {
        channel.queueDeclare(queue, true, false, true, ARGUMENTS);
    }

    /** A request is handled once, as long as the connection is there. */
    @Override
    public boolean returnsUnfinished() {
        return false;
    }
}
