package org.brokertck.tck.workload.pubsub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.brokertck.api.message.Message;

/**
 * One message of a workload.
 *
 * @param id its name, unique in the workload
 * @param topic what it is published to
 * @param payload its text, sent as UTF-8
 * @param headers its headers
 */
public record PlannedPublish(String id, String topic, String payload, Map<String, String> headers) {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    /** The message to publish; it bears another topic than the one it is published to, and some retries. */
    public Message message() {
        return Message.builder()
                .id(id)
                .topic("as built")
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .headers(headers)
                .timestamp(TIME.minusMillis(Math.floorMod(id.hashCode(), 1000)))
                .retries(Math.floorMod(id.hashCode(), 3))
                .maxRetries(Math.floorMod(id.hashCode(), 5))
                .build();
    }

    @Override
    public String toString() {
        return id + " to '" + topic + "'";
    }
}
