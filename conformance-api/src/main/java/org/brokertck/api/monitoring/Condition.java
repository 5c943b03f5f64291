package org.brokertck.api.monitoring;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** How a value is compared with a threshold (rule O-7): as written, and exactly. NaN, which is no value, meets no condition. */
public enum Condition {
    /** Greater than the threshold. */
    GREATER(">"),
    /** Less than the threshold. */
    LESS("<"),
    /** Equal to the threshold. */
    EQUAL("=="),
    /** Greater than the threshold or equal to it. */
    AT_LEAST(">="),
    /** Less than the threshold or equal to it. */
    AT_MOST("<="),
    /** Anything but the threshold; also not NaN. */
    NOT_EQUAL("!=");

    private final String symbol;

    Condition(String symbol) {
        this.symbol = symbol;
    }

    /** As rules write it. */
    public String symbol() {
        return symbol;
    }

    /**
     * The condition that is written so.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Condition of(String symbol) {
        Objects.requireNonNull(symbol, "condition");
        return Arrays.stream(values())
                .filter(it -> it.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("condition is '%s': it must be one of %s"
                        .formatted(
                                symbol,
                                Arrays.stream(values()).map(Condition::symbol).collect(Collectors.joining(" ")))));
    }

    /** Whether the value meets the condition. */
    @SuppressWarnings("FloatingPointEquality") // what is written is meant: no tolerance
    public boolean holds(double value, double threshold) {
        if (Double.isNaN(value) || Double.isNaN(threshold)) {
            return false;
        }
        return switch (this) {
            case GREATER -> value > threshold;
            case LESS -> value < threshold;
            case EQUAL -> value == threshold;
            case AT_LEAST -> value >= threshold;
            case AT_MOST -> value <= threshold;
            case NOT_EQUAL -> value != threshold;
        };
    }
}
