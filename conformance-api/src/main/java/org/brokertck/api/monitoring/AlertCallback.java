package org.brokertck.api.monitoring;

/**
 * Hears of the alerts of a rule. Calls come on a thread of the monitor, one after another for each rule; whatever a callback
 * throws, and however long it takes, no other rule is held up (rule O-8). One that takes longer than
 * {@link MonitorConfig#callbackTimeout()} is interrupted.
 */
@FunctionalInterface
public interface AlertCallback {
    /** An alert began to fire: once for each episode (rule O-6). */
    void fired(Alert alert);

    /** An alert that fired is over. Does nothing by default. */
    default void resolved(Alert alert) {}
}
