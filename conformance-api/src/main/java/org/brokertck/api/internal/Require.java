package org.brokertck.api.internal;

import java.time.Duration;
import java.util.Objects;

/** Bounds of settings: what is out of them is refused with its name, its value and the bounds (rule G-1). */
public final class Require {
    /** The longest time that any setting may ask for. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private Require() {}

    /** A duration from {@code shortest} to {@link #LONGEST}. */
    public static void duration(String name, Duration value, Duration shortest) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            String least = shortest.isZero() ? "0" : shortest.toString();
            throw new IllegalArgumentException(name + " is " + value + ": it must be from " + least + " to " + LONGEST);
        }
    }

    /** A number from {@code least} to {@code most}. */
    public static void number(String name, int value, int least, int most) {
        if (value < least || value > most) {
            String bounds = most == Integer.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + bounds);
        }
    }

    /** @throws IllegalArgumentException when the value is below the least */
    public static void number(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " or more");
        }
    }
}
