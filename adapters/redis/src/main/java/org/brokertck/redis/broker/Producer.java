package org.brokertck.redis.broker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wire;

/**
 * Produces over the shared connection. A call returns when the server has answered, so that the next one of the same thread comes after it
 * (rule B-1). What never left is tried again until the timeout; what left and brought no answer never is.
 */
final class Producer {
    /** How long the server is given at least, whatever the configuration: one round trip must fit in. */
    static final Duration LEAST_FOR_SERVER = Duration.ofSeconds(1);

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final BrokerParts parts;
    private final Set<String> fullTopics = ConcurrentHashMap.newKeySet();

    Producer(BrokerParts parts) {
        this.parts = parts;
    }

    /** @param message encoded */
    void produce(String topic, byte[] message) {
        try {
            produceWithRoom(topic, message);
            // Looked at before it is changed, since almost always there is nothing to change.
            if (!fullTopics.isEmpty()) {
                fullTopics.remove(topic);
            }
        } catch (ClosedException e) {
            throw e;
        } catch (BrokerException e) {
            parts.errors().produces.increment();
            throw e;
        }
    }

    /** The topics to which a produce was refused at last for want of room. */
    Set<String> fullTopics() {
        return fullTopics;
    }

    private void produceWithRoom(String topic, byte[] message) {
        String asked = "produce to '" + topic + "'";
        Deadline room = Deadline.in(parts.config().produceTimeout());
        Patience patience = new Patience();
        try {
            while (!given(topic, message, room, asked)) {
                if (room.passed()) {
                    fullTopics.add(topic);
                    throw full(topic);
                }
                // Nobody tells when there is room again: that would cost each subscriber a word for each message that
                // it handles, and
                // is wanted only where somebody falls behind.
                Duration next = patience.next();
                pause(next.compareTo(room.left()) < 0 ? next : room.left());
            }
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing was produced");
        }
    }

    /** @return false when some subscriber has no room */
    private boolean given(String topic, byte[] message, Deadline room, String asked) throws InterruptedException {
        Duration left = room.left();
        Deadline deadline = Deadline.in(left.compareTo(LEAST_FOR_SERVER) < 0 ? LEAST_FOR_SERVER : left);
        while (true) {
            parts.lifecycle().requireOpen();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Wire wire = parts.line().connected(deadline);
                long answer = parts.server()
                        .produce(
                                wire,
                                deadline.left(),
                                parts.line().epoch(),
                                topic,
                                message,
                                parts.config().capacity());
                if (answer != BrokerServer.TOO_LATE) {
                    return answer != BrokerServer.FULL;
                }
            } catch (RedisFailure e) {
                if (Thread.interrupted()) {
                    throw parts.failures()
                            .interrupted(
                                    asked,
                                    e.kind() == Kind.LOST
                                            ? "whether it was produced is unknown"
                                            : "nothing was produced");
                }
                boolean again = e.kind() == Kind.NOT_SENT || e.isPassing();
                if (!again || deadline.left().compareTo(AGAIN) <= 0) {
                    throw parts.failures().of(e, asked);
                }
                pause(AGAIN);
            }
        }
    }

    private void pause(Duration duration) throws InterruptedException {
        if (parts.lifecycle().pause(duration)) {
            throw parts.lifecycle().closed();
        }
    }

    private QueueFullException full(String topic) {
        return new QueueFullException(
                ("A subscriber to topic '%s' of broker '%s' has %d messages waiting, and made no room within %s:"
                                + " handle faster, or raise capacity or produceTimeout.")
                        .formatted(
                                topic,
                                parts.name(),
                                parts.config().capacity(),
                                parts.config().produceTimeout()));
    }
}
