package org.brokertck.redis.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Crew;
import redis.clients.jedis.Protocol.Command;

/** Looks how the server is, over the connection that is used to produce, and gives nobody's call up for it (rule B-2). */
final class HealthLook {
    /** As many topics as are asked about in one look. */
    private static final int MOST_TOPICS = 10;

    private final BrokerParts parts;
    private final Producer producer;
    private final LeaseKeeper keeper;
    private final Crew<RedisSubscription> subscriptions;

    HealthLook(BrokerParts parts, Producer producer, LeaseKeeper keeper, Crew<RedisSubscription> subscriptions) {
        this.parts = parts;
        this.producer = producer;
        this.keeper = keeper;
        this.subscriptions = subscriptions;
    }

    HealthStatus look() {
        long start = System.nanoTime();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("address", parts.address().toString());
        details.put("subscriptions", subscriptions.count());
        Health status;
        if (parts.lifecycle().isClosing()) {
            details.put(HealthStatus.CAUSE, "Broker '" + parts.name() + "' is closed");
            status = Health.UNHEALTHY;
        } else {
            status = asked(start, details);
        }
        parts.errors().addTo(details);
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        return new HealthStatus(status, latency, parts.errors().sum(), Instant.now(), details);
    }

    private Health asked(long start, Map<String, Object> details) {
        String asked = "look at broker '" + parts.name() + "'";
        try {
            ask(Deadline.in(parts.config().healthTimeout()));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (took.compareTo(parts.config().degradedAfter()) > 0) {
                details.put(HealthStatus.CAUSE, "Redis at " + parts.address() + " took " + took + " to answer");
                return Health.DEGRADED;
            }
            List<String> full = fullTopics();
            if (!full.isEmpty()) {
                details.put(HealthStatus.CAUSE, "A subscriber has no room, so that produces wait: topics " + full);
                return Health.DEGRADED;
            }
            return Health.HEALTHY;
        } catch (RedisFailure e) {
            if (Thread.interrupted()) {
                throw parts.failures().interrupted(asked, "nothing is known");
            }
            parts.errors().looks.increment();
            details.put(
                    HealthStatus.CAUSE,
                    String.valueOf(parts.failures().unavailable(e, asked).getMessage()));
            return Health.UNHEALTHY;
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing is known");
        }
    }

    private void ask(Deadline deadline) throws InterruptedException {
        Wire wire = parts.line().connected(deadline);
        try {
            Object unused = wire.submit(Command.PING).get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The timeout of a look may be much shorter than that of a produce: whether the connection is dead is for a
            // probe to say.
            keeper.probe(wire);
            throw new RedisFailure(
                    Kind.LOST, "no answer within " + parts.config().healthTimeout(), null);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RedisFailure failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Of the topics to which a produce was refused, those that still have no room. */
    private List<String> fullTopics() throws InterruptedException {
        if (producer.fullTopics().isEmpty()) {
            return List.of();
        }
        Deadline deadline = Deadline.in(Producer.LEAST_FOR_SERVER);
        Wire wire = parts.line().connected(deadline);
        for (String topic : producer.fullTopics().stream().limit(MOST_TOPICS).toList()) {
            if (parts.server()
                    .hasRoom(wire, deadline.left(), topic, parts.config().capacity())) {
                producer.fullTopics().remove(topic);
            }
        }
        return List.copyOf(producer.fullTopics());
    }
}
