package org.brokertck.api.multibroker;

import java.util.Objects;

/**
 * A broker's health has changed.
 *
 * @param broker its name
 * @param from how it was
 * @param to what the look found that saw the change; never the same health as {@code from}
 */
public record HealthTransition(String broker, Health from, HealthStatus to) {
    /** Checks that something changed. */
    public HealthTransition {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(from, "from");
        if (Objects.requireNonNull(to, "to").status() == from) {
            throw new IllegalArgumentException("to is " + from + " as from is: that is no change");
        }
    }
}
