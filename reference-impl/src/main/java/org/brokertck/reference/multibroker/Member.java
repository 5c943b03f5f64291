package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.jspecify.annotations.Nullable;

/** One of the brokers, and what is known of it. */
final class Member {
    private final String name;
    private final MessageBroker broker;
    private final Circuit circuit;
    private final BoundedCalls.Kind produces;
    private final BoundedCalls.Kind checks;
    private final BoundedCalls.Kind joins;
    private final AtomicBoolean checking = new AtomicBoolean();
    /** Errors that the broker itself does not know: looks that failed, and its close. */
    private final AtomicLong unheard = new AtomicLong();
    /** The errors that it told of itself last. */
    private volatile long toldErrors;
    /** The subscriptions that could not be made on it yet, with the reason. */
    private final Map<JoinedSubscription, Throwable> missing = new ConcurrentHashMap<>();

    private volatile @Nullable HealthStatus status;
    private volatile Throwable lastFailure;

    Member(String name, MessageBroker broker, Circuit circuit, BoundedCalls calls) {
        this.name = name;
        this.broker = broker;
        this.circuit = circuit;
        this.produces = calls.new Kind();
        this.checks = calls.new Kind();
        this.joins = calls.new Kind();
        this.lastFailure = new BrokerUnavailableException("Broker '" + name + "' was not found healthy yet");
    }

    String name() {
        return name;
    }

    MessageBroker broker() {
        return broker;
    }

    Circuit circuit() {
        return circuit;
    }

    BoundedCalls.Kind produces() {
        return produces;
    }

    BoundedCalls.Kind checks() {
        return checks;
    }

    BoundedCalls.Kind joins() {
        return joins;
    }

    /** True for the one who may look at its health now. */
    boolean beginCheck() {
        return checking.compareAndSet(false, true);
    }

    void endCheck() {
        checking.set(false);
    }

    /** What the last look found; null before the first. */
    @Nullable
    HealthStatus status() {
        return status;
    }

    /** Notes what a look found; gives back what the one before had found. */
    synchronized @Nullable HealthStatus found(HealthStatus found) {
        HealthStatus before = status;
        status = found;
        return before;
    }

    /** How it was found by the last look; unhealthy before the first. */
    Health health() {
        HealthStatus known = status;
        return known == null ? Health.UNHEALTHY : known.status();
    }

    /** What a produce, a look or a subscribe threw last. */
    Throwable lastFailure() {
        return lastFailure;
    }

    void failed(Throwable failure) {
        lastFailure = failure;
    }

    void misses(JoinedSubscription subscription, Throwable reason) {
        missing.put(subscription, reason);
    }

    void has(JoinedSubscription subscription) {
        missing.remove(subscription);
    }

    List<JoinedSubscription> missing() {
        return List.copyOf(missing.keySet());
    }

    /** Why a subscription to the topic is missing here; null when none is, so that the broker may take the topic's messages. */
    @Nullable
    Throwable missingOn(String topic) {
        if (missing.isEmpty()) {
            return null;
        }
        return missing.entrySet().stream()
                .filter(it -> it.getKey().topic().equals(topic))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** It told of so many errors. */
    void tells(long errors) {
        toldErrors = errors;
    }

    /** An error that it does not know of. */
    void unheard() {
        unheard.incrementAndGet();
    }

    /** The errors that it told of itself, and those that it does not know. */
    long errors() {
        return toldErrors + unheard.get();
    }

    /** The status of a broker that could not be asked, or has been closed. */
    HealthStatus unhealthy(Duration latency, Instant now, String cause) {
        return new HealthStatus(Health.UNHEALTHY, latency, errors(), now, Map.of(HealthStatus.CAUSE, cause));
    }
}
