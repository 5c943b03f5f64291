package org.brokertck.tck.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;

/** Messages for scenarios. */
public final class Messages {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private Messages() {}

    /** A message that permits no retry. */
    public static Message message(String id) {
        return message(id, 0);
    }

    /** A message that permits so many retries. */
    public static Message message(String id, int maxRetries) {
        return builder(id).maxRetries(maxRetries).build();
    }

    /** A builder that starts with a payload, a header and a time of its own. */
    public static Message.Builder builder(String id) {
        return Message.builder()
                .id(id)
                .topic("orders")
                .payload(("payload of " + id).getBytes(StandardCharsets.UTF_8))
                .headers(Map.of("kind", "scenario"))
                // Later messages bear earlier times: what concerns the sender must not order the queue.
                .timestamp(TIME.minusMillis(Math.floorMod(id.hashCode(), 1000)));
    }

    /** Messages named m-0, m-1 and so on, that permit no retry. */
    public static List<Message> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> message("m-" + i)).toList();
    }
}
