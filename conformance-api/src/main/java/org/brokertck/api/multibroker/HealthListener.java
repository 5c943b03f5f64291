package org.brokertck.api.multibroker;

/** Hears how the brokers of a {@link MultiBroker} change. */
@FunctionalInterface
public interface HealthListener {
    /** A broker's health has changed (rule M-11). */
    void changed(HealthTransition transition);
}
