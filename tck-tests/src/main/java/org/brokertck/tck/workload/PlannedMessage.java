package org.brokertck.tck.workload;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.brokertck.api.message.Message;

/**
 * One message of a workload, and how its handlers fare.
 *
 * @param id its name, unique in the workload
 * @param payload its text, sent as UTF-8
 * @param headers its headers
 * @param maxRetries how many retries it permits
 * @param failures how many of its attempts fail before one succeeds
 * @param mishap how they fail
 */
public record PlannedMessage(
        String id, String payload, Map<String, String> headers, int maxRetries, int failures, Mishap mishap) {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    /** The message to produce. */
    public Message message() {
        return Message.builder()
                .id(id)
                .topic("workload")
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .headers(headers)
                // Later messages bear earlier times: what concerns the sender must not order the queue.
                .timestamp(TIME.minusMillis(Math.floorMod(id.hashCode(), 1000)))
                .maxRetries(maxRetries)
                .build();
    }

    /** Does what the plan says for this attempt, from 0. */
    public void handle(int attempt) throws Exception {
        if (attempt < failures) {
            mishap.strike(id, attempt);
        }
    }

    @Override
    public String toString() {
        String fate = failures == 0 ? "" : " fails " + failures + "× by " + mishap + " of maxRetries=" + maxRetries;
        return id + "(" + payload.length() + " chars, " + headers.size() + " headers)" + fate;
    }
}
