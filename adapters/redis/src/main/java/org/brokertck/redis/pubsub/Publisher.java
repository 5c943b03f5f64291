package org.brokertck.redis.pubsub;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wiring;
import redis.clients.jedis.Protocol.Command;

/**
 * Publishes over one connection. A call returns when the server has answered, so that the next one of the same thread comes after it
 * (rule P-7). What never left is tried again until the timeout; what left and brought no answer never is.
 */
final class Publisher {
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Channels channels;
    private final PubSubConfig config;
    private final Lifecycle lifecycle;
    private final Failures failures;
    private final Wiring wiring;

    /** Counts the calls under way, whose answers a close waits for a little. */
    private final Phaser underWay = new Phaser(1);

    Publisher(
            RedisAddress address,
            String threadName,
            Channels channels,
            PubSubConfig config,
            Lifecycle lifecycle,
            Failures failures) {
        this.channels = channels;
        this.config = config;
        this.lifecycle = lifecycle;
        this.failures = failures;
        this.wiring = new Wiring(address, threadName);
    }

    void publish(String topic, byte[] message) {
        int phase = underWay.register();
        try {
            if (phase != 0) {
                throw lifecycle.closed();
            }
            byte[] channel = channels.of(topic);
            Deadline deadline = Deadline.in(config.timeout());
            String asked = "publish to '" + topic + "'";
            while (!sent(channel, message, deadline, asked)) {
                lifecycle.requireOpen();
            }
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    /** @return false when it surely was not, and there is time to try again */
    private boolean sent(byte[] channel, byte[] message, Deadline deadline, String asked) {
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            Object unused = wiring.connected(deadline).call(deadline.left(), Command.PUBLISH, channel, message);
            return true;
        } catch (RedisFailure e) {
            if (Thread.interrupted()) {
                throw failures.interrupted(
                        asked, e.kind() == Kind.LOST ? "whether it was published is unknown" : "nothing was published");
            }
            BrokerException failure = failures.of(e, asked);
            boolean again = e.kind() == Kind.NOT_SENT || e.isPassing();
            if (!again || deadline.left().compareTo(AGAIN) <= 0) {
                throw failure;
            }
            return pause(asked);
        } catch (InterruptedException e) {
            throw failures.interrupted(asked, "nothing was published");
        }
    }

    private boolean pause(String asked) {
        try {
            if (lifecycle.pause(AGAIN)) {
                throw lifecycle.closed();
            }
            return false;
        } catch (InterruptedException e) {
            throw failures.interrupted(asked, "nothing was published");
        }
    }

    /** The broker is closing: waits a little for what is under way, then breaks the connection. */
    void close() {
        boolean interrupted = false;
        try {
            int unused = underWay.awaitAdvanceInterruptibly(underWay.arrive(), 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // Their outcome stays unknown.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        wiring.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
