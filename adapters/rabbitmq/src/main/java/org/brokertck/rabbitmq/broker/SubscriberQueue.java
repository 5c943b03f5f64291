package org.brokertck.rabbitmq.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.brokertck.rabbitmq.consuming.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of one subscription, which outlives connections and servers, and ends with the subscription. */
final class SubscriberQueue implements Source {
    /** How long a queue lasts whose subscriber is away. */
    static final Duration EXPIRY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(SubscriberQueue.class);
    // Enough to hide the way to the server, and few enough for the heap when each has the largest payload.
    private static final int PREFETCH = 20;
    private static final Map<String, Object> ARGUMENTS =
            Map.of("x-queue-type", "classic", "x-expires", Math.toIntExact(EXPIRY.toMillis()));

    private final BrokerExchange exchange;
    private final String topic;
    private final String queue;
    private boolean made;

    SubscriberQueue(BrokerExchange exchange, String topic) {
        this.exchange = exchange;
        this.topic = topic;
        this.queue = exchange.newQueue();
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public int prefetch() {
        return PREFETCH;
    }

    /** Made the first time, and expected to be there afterwards. */
    @Override
    public void declare(Channel channel) throws IOException {
        if (made) {
            requireThere(channel);
        } else {
            exchange.declare(channel);
            channel.queueDeclare(queue, true, false, false, ARGUMENTS);
            channel.queueBind(queue, exchange.exchange(), topic);
            made = true;
        }
    }

    private void requireThere(Channel channel) throws IOException {
        try {
            channel.queueDeclarePassive(queue);
        } catch (IOException e) {
            if (isNotFound(e)) {
                LOG.warn(
                        "A subscription to '{}' of broker '{}' has missed messages: its queue '{}' was deleted, or expired"
                                + " while it was away for more than {}. It is made again",
                        topic,
                        exchange.name(),
                        queue,
                        EXPIRY);
                made = false;
            }
            throw e;
        }
    }

    private static boolean isNotFound(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException shutdown
                && shutdown.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.NOT_FOUND;
    }

    @Override
    public void leave(Channel channel) throws IOException {
        channel.queueDelete(queue);
    }
}
