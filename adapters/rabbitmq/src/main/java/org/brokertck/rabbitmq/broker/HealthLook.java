package org.brokertck.rabbitmq.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.ServerDesk;

/** Looks how a broker is, by a round trip to the server. */
final class HealthLook {
    private final BrokerExchange exchange;
    private final BrokerConfig config;
    private final ServerDesk desk;
    private final Link publishing;
    private final ErrorCounts errors;
    private final IntSupplier subscriptions;

    HealthLook(
            BrokerExchange exchange,
            BrokerConfig config,
            ServerDesk desk,
            Link publishing,
            ErrorCounts errors,
            IntSupplier subscriptions) {
        this.exchange = exchange;
        this.config = config;
        this.desk = desk;
        this.publishing = publishing;
        this.errors = errors;
        this.subscriptions = subscriptions;
    }

    /**
     * Looks now.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits for the server
     */
    HealthStatus look() {
        long start = System.nanoTime();
        String silence = askServer();
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        if (!silence.isEmpty()) {
            errors.looks.increment();
            return status(Health.UNHEALTHY, latency, silence);
        }
        String trouble = trouble(latency);
        return status(trouble.isEmpty() ? Health.HEALTHY : Health.DEGRADED, latency, trouble);
    }

    /** What a closed broker is. */
    HealthStatus closed() {
        return status(Health.UNHEALTHY, Duration.ZERO, "Broker '" + exchange.name() + "' is closed");
    }

    /** Why the server did not answer; empty when it did. */
    private String askServer() {
        try {
            boolean unused = desk.askWithin(config.healthTimeout(), channel -> {
                exchange.look(channel);
                return true;
            });
            return "";
        } catch (OperationInterruptedException | ClosedException notTheServers) {
            throw notTheServers;
        } catch (BrokerException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What is wrong though the server answers; empty when nothing is. */
    private String trouble(Duration latency) {
        String blocked = publishing.blocked();
        if (blocked != null) {
            return "The server takes no messages: " + blocked;
        }
        if (!publishing.isOpen()) {
            return "The connection that produces is being restored";
        }
        return latency.compareTo(config.degradedAfter()) > 0
                ? "The server took " + latency.toMillis() + " ms to answer, over "
                        + config.degradedAfter().toMillis()
                : "";
    }

    private HealthStatus status(Health health, Duration latency, String cause) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!cause.isEmpty()) {
            details.put(HealthStatus.CAUSE, cause);
        }
        details.put("subscriptions", subscriptions.getAsInt());
        details.put("failedProduces", errors.produces.sum());
        details.put("failedHandlers", errors.handlers.sum());
        details.put("failedLooks", errors.looks.sum());
        return new HealthStatus(health, latency, errors.sum(), Instant.now(), details);
    }
}
