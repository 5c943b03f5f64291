package org.brokertck.tck.faulty.multibroker.plain;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.jspecify.annotations.Nullable;

/** One broker of a plain multi-broker. All is read and written under that one's lock. */
public final class PlainMember {
    /** Its name. */
    public final String name;

    /** The broker itself. */
    public final MessageBroker broker;

    /** What the last look found. */
    public @Nullable HealthStatus status;

    /** What it threw last. */
    public Throwable lastFailure;

    /** How many produces failed in a row. */
    public int failures;

    /** Until when its circuit is open, once there were too many. */
    public long openUntil;

    /** How many looks failed. */
    public final AtomicInteger failedLooks = new AtomicInteger();

    /** Whether a look is under way. */
    public boolean looking;

    /** The subscriptions made on it. */
    public final Map<PlainSubscription, TopicSubscription> handles = new HashMap<>();

    PlainMember(String name, MessageBroker broker) {
        this.name = name;
        this.broker = broker;
        this.lastFailure = new BrokerUnavailableException("'" + name + "' was not looked at yet");
    }

    /** How it is known to be. */
    public Health health() {
        return status == null ? Health.UNHEALTHY : status.status();
    }
}
