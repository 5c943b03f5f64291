package org.brokertck.api.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one look at a broker found. The JSON names of the fields are {@code status, latency, errors, last_check, details}; see
 * {@link #asMap()}.
 *
 * @param status how the broker is
 * @param latency how long the look took, from asking to the answer; 0 or more
 * @param errors how many produces and looks failed and how many handlers threw, since the broker was opened; never decreases. Calls
 *     that were refused for their arguments, a message that is too large among them, or because the broker was closed do not count,
 *     nor do those that ended with an interrupt of their caller
 * @param lastCheck when the look ended, or the broker was closed
 * @param details what else there is to say, in the order in which it was put; values are numbers, texts and truth values. What is
 *     wrong stands under {@value #CAUSE}, free of credentials
 */
public record HealthStatus(
        Health status, Duration latency, long errors, Instant lastCheck, Map<String, Object> details) {
    /** The detail that says in words why the broker is not healthy. */
    public static final String CAUSE = "cause";

    /** Checks the bounds, and copies the details. */
    public HealthStatus {
        Objects.requireNonNull(status, "status");
        if (Objects.requireNonNull(latency, "latency").isNegative()) {
            throw new IllegalArgumentException("latency is " + latency + ": it must be 0 or more");
        }
        if (errors < 0) {
            throw new IllegalArgumentException("errors is " + errors + ": it must be 0 or more");
        }
        Objects.requireNonNull(lastCheck, "lastCheck");
        Map<String, Object> copy = new LinkedHashMap<>();
        Objects.requireNonNull(details, "details").forEach((key, value) -> {
            Objects.requireNonNull(key, "a key in details");
            copy.put(key, Objects.requireNonNull(value, () -> "the value of detail '" + key + "'"));
        });
        details = Collections.unmodifiableMap(copy);
    }

    /** The fields under their JSON names, in order, for any JSON library: latency in nanoseconds, lastCheck as ISO-8601 text. */
    public Map<String, Object> asMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", status.word());
        fields.put("latency", latency.toNanos());
        fields.put("errors", errors);
        fields.put("last_check", lastCheck.toString());
        fields.put("details", details);
        return Collections.unmodifiableMap(fields);
    }
}
