package org.brokertck.redis.queue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/** The consumers of one instance that live. */
final class ConsumerList {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerList.class);

    private final QueueParts parts;
    private final Retries retries;
    private final AtomicLong numbers = new AtomicLong();
    private final Set<RedisConsumer> consumers = ConcurrentHashMap.newKeySet();

    ConsumerList(QueueParts parts, Retries retries) {
        this.parts = parts;
        this.retries = retries;
    }

    /** Starts a consumer. @throws RedisFailure when there is no connection */
    RedisConsumer start(MessageHandler handler) {
        RedisConsumer consumer = new RedisConsumer(parts, numbers.incrementAndGet(), handler, this, retries);
        consumers.add(consumer);
        boolean started = false;
        try {
            // After the entry in the list: whoever closes the queue now either is seen here or sees the consumer.
            parts.lifecycle().requireOpen();
            consumer.start();
            started = true;
            return consumer;
        } finally {
            if (!started) {
                consumers.remove(consumer);
            }
        }
    }

    void remove(RedisConsumer consumer) {
        consumers.remove(consumer);
    }

    List<RedisConsumer> all() {
        return List.copyOf(consumers);
    }

    boolean isHandlerThread() {
        return consumers.stream().anyMatch(RedisConsumer::isCurrentThread);
    }

    boolean hasNamed(String name) {
        return consumers.stream().anyMatch(consumer -> consumer.name().equals(name));
    }

    /**
     * Has every idle consumer look again at once: something was let go, which wakes nobody on the server.
     *
     * @return false when the server did not answer
     */
    boolean wakeAll() throws InterruptedException {
        boolean answered = true;
        for (RedisConsumer consumer : consumers) {
            answered = answered && wake(consumer);
        }
        return answered;
    }

    /**
     * Ends the server's wait for this consumer, if it waits. Without the permission to do so it ends by itself soon.
     *
     * @return false when the server did not answer
     */
    boolean wake(RedisConsumer consumer) throws InterruptedException {
        byte[] id = consumer.reader().waiting();
        if (id == null || id.length == 0) {
            return true;
        }
        Deadline deadline = Deadline.in(Ending.GRACE);
        try {
            return parts.links().with(deadline, link -> {
                Object unused = link.call(deadline.left(), Command.CLIENT, Bytes.of("UNBLOCK"), id);
                return true;
            });
        } catch (RedisFailure e) {
            LOG.debug("Could not wake {} ({}); it wakes by itself", consumer.name(), e.text());
            return e.kind() == RedisFailure.Kind.REFUSED;
        }
    }
}
