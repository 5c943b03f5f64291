package org.brokertck.redis.broker;

import java.time.Duration;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.connection.Wiring;
import org.jspecify.annotations.Nullable;

/**
 * The connection that all calls of one broker share. Each new one begins an epoch, before anybody uses it, from which on the server refuses
 * what may still come over the last one: a message whose outcome is unknown never overtakes a later one of its producer (rule B-1).
 */
final class FencedLine {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final BrokerServer server;
    private final Wiring wiring;
    private volatile long epoch;

    FencedLine(RedisAddress address, String name, BrokerServer server) {
        this.server = server;
        this.wiring = new Wiring(address, name, unused -> {}, this::begin, () -> {});
    }

    private void begin(Wire wire) {
        // One connection is made at a time, so nobody else counts now.
        long next = epoch + 1;
        epoch = next;
        server.beginEpoch(wire, TIMEOUT, next);
    }

    /**
     * As {@link Wiring#connected}, whose failures it has.
     *
     * @throws InterruptedException while another thread connects
     */
    Wire connected(Deadline deadline) throws InterruptedException {
        return wiring.connected(deadline);
    }

    /** The connection, when there is one. */
    @Nullable
    Wire ifConnected() {
        return wiring.ifConnected();
    }

    /** Of the connection that is used now: whoever got one before this was asked finds it broken when the epoch is a later one. */
    long epoch() {
        return epoch;
    }

    void close() {
        wiring.close();
    }
}
