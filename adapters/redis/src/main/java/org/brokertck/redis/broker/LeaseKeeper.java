package org.brokertck.redis.broker;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Crew;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of one instance's subscriptions, and looks after connections that have silently died. */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    /** Often, since this is also the pulse by which the server is known to run. */
    private static final Duration INTERVAL = BrokerServer.LEASE.dividedBy(20);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final BrokerParts parts;
    private final Crew<RedisSubscription> subscriptions;

    LeaseKeeper(BrokerParts parts, Crew<RedisSubscription> subscriptions) {
        this.parts = parts;
        this.subscriptions = subscriptions;
    }

    void start() {
        Object unused = parts.keeper()
                .scheduleWithFixedDelay(this::renew, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void renew() {
        try {
            for (RedisSubscription subscription : subscriptions) {
                if (!subscription.isEnding()) {
                    subscription.renew(parts.line().connected(Deadline.in(TIMEOUT)), TIMEOUT);
                }
            }
        } catch (RedisFailure e) {
            LOG.debug("The leases of broker {} were not renewed ({})", parts.name(), e.text());
        } catch (InterruptedException e) {
            // The broker is closed.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // What is thrown here would end the renewals.
            LOG.error("Renewing the leases of broker {} failed", parts.name(), e);
        }
    }

    /** Gives up the shared connection if nothing answers there, without holding up who asks. */
    void probe(Wire wire) {
        try {
            parts.keeper().execute(() -> {
                try {
                    wire.probe(TIMEOUT);
                } catch (RedisFailure e) {
                    LOG.debug("Broker {} gave up a connection ({})", parts.name(), e.text());
                }
            });
        } catch (RejectedExecutionException e) {
            // The broker is closed.
        }
    }
}
