package org.brokertck.redis.broker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Inbox;
import org.brokertck.redis.connection.Keyspace;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What one instance asks of the server, in Java's types. Stateless: the caller brings the connection. */
final class BrokerServer {
    /** The answer to a produce that found no room with some subscriber. */
    static final long FULL = -1;
    /** The answer to a call that came over a connection which was given up before. */
    static final long TOO_LATE = -2;

    /**
     * How long a subscriber is kept that was not heard of, while the server runs. Generous, since whoever comes back later has missed
     * something; and not endless, since one that is dead holds up producers once its inbox is full.
     */
    static final Duration LEASE = Duration.ofMinutes(10);
    /** How long keys are kept of which nobody speaks: when all instances are dead nobody looks at leases. */
    private static final Duration KEPT = Duration.ofDays(7);
    /** Much longer than a command can be on its way. */
    private static final Duration EPOCH = Duration.ofMinutes(10);

    private static final byte[] LEASE_MILLIS = Bytes.of(LEASE.toMillis());
    private static final byte[] KEPT_MILLIS = Bytes.of(KEPT.toMillis());

    private final BrokerKeys keys;
    private final String instance;

    BrokerServer(BrokerKeys keys, String instance) {
        this.keys = keys;
        this.instance = instance;
    }

    Inbox inbox(String subscriber) {
        return new Inbox(keys.inbox(subscriber));
    }

    /** From now on what comes over earlier connections of the instance is refused. */
    void beginEpoch(Caller link, Duration timeout, long epoch) {
        Object unused = link.call(
                timeout,
                Command.SET,
                keys.epoch(instance),
                Bytes.of(epoch),
                Bytes.of("PX"),
                Bytes.of(EPOCH.toMillis()));
    }

    void forgetEpoch(Caller link, Duration timeout) {
        Object unused = link.call(timeout, Command.DEL, keys.epoch(instance));
    }

    /** @return how many subscribers have it now, {@link #FULL} or {@link #TOO_LATE} */
    long produce(Caller link, Duration timeout, long epoch, String topic, byte[] message, int capacity) {
        return number(BrokerScript.PRODUCE.run(
                link,
                timeout,
                List.of(keys.subscribers(topic), keys.pulse, keys.grace, keys.epoch(instance)),
                List.of(keys.prefix.bytes(), message, Bytes.of(capacity), LEASE_MILLIS, Bytes.of(epoch), KEPT_MILLIS)));
    }

    /** @return whether the subscriber is in; false when the call came too late */
    boolean join(Caller link, Duration timeout, long epoch, String topic, String subscriber) {
        return number(BrokerScript.JOIN.run(
                        link,
                        timeout,
                        List.of(keys.subscribers(topic), keys.epoch(instance)),
                        List.of(Bytes.of(subscriber), LEASE_MILLIS, Bytes.of(epoch), KEPT_MILLIS)))
                != TOO_LATE;
    }

    /** @return whether the subscriber was still known */
    boolean renew(Caller link, Duration timeout, String topic, String subscriber) {
        return number(BrokerScript.RENEW.run(
                        link,
                        timeout,
                        List.of(keys.subscribers(topic), keys.pulse, keys.grace, keys.inbox(subscriber)),
                        List.of(Bytes.of(subscriber), LEASE_MILLIS, KEPT_MILLIS)))
                == 1;
    }

    void leave(Caller link, Duration timeout, String topic, String subscriber) {
        Object unused = BrokerScript.LEAVE.run(
                link, timeout, List.of(keys.subscribers(topic), keys.inbox(subscriber)), List.of(Bytes.of(subscriber)));
    }

    boolean hasRoom(Caller link, Duration timeout, String topic, int capacity) {
        return number(BrokerScript.ROOM.run(
                        link,
                        timeout,
                        List.of(keys.subscribers(topic)),
                        List.of(keys.prefix.bytes(), Bytes.of(capacity))))
                == 1;
    }

    void removeAll(Caller link, Duration timeout) {
        Keyspace.remove(link, timeout, keys.prefix.all());
    }

    private static long number(@Nullable Object reply) {
        return (Long) Objects.requireNonNull(reply);
    }
}
