package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Crew;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of one instance's responders. While requests are pending and nobody responds here it sees to it that a connection
 * which has silently died is noticed.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration INTERVAL = ExchangeServer.LEASE.dividedBy(4);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ExchangeParts parts;
    private final RequestBook<PendingRequest> book;
    private final Crew<RedisResponder> responders;

    LeaseKeeper(ExchangeParts parts, RequestBook<PendingRequest> book, Crew<RedisResponder> responders) {
        this.parts = parts;
        this.book = book;
        this.responders = responders;
    }

    void start() {
        Object unused = parts.keeper()
                .scheduleWithFixedDelay(this::keep, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void keep() {
        try {
            if (responders.count() > 0 || !book.isEmpty()) {
                keep(parts.wiring().connected(Deadline.in(TIMEOUT)));
            }
        } catch (RedisFailure e) {
            LOG.debug("The leases of request/reply {} were not renewed ({})", parts.name(), e.text());
        } catch (InterruptedException e) {
            // The instance is closed.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // What is thrown here would end the renewals.
            LOG.error("Renewing the leases of request/reply {} failed", parts.name(), e);
        }
    }

    private void keep(Wire wire) {
        if (responders.count() == 0) {
            wire.probe(TIMEOUT);
        }
        for (RedisResponder responder : responders) {
            if (!responder.isEnding()) {
                parts.server().renew(wire, TIMEOUT, responder.topic(), responder.id());
            }
            if (responder.isEnding()) {
                // It may have left just before it was renewed.
                parts.server().sendLeave(wire, responder.topic(), responder.id(), responder.inHand());
            }
        }
    }
}
