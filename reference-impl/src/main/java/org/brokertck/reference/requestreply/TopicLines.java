package org.brokertck.reference.requestreply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lines of all topics that somebody responds to; a topic that nobody does keeps nothing. */
final class TopicLines {
    private final Map<String, TopicLine> lines = new ConcurrentHashMap<>();

    /** The line of a topic; null when nobody responds to it. */
    @Nullable
    TopicLine of(String topic) {
        return lines.get(topic);
    }

    /** Lets a responder in; returns the line that it takes from. */
    TopicLine join(ResponderLoop responder) {
        return lines.compute(responder.topic(), (topic, found) -> {
            TopicLine line = found == null ? new TopicLine() : found;
            line.join(responder);
            return line;
        });
    }

    /** Lets a responder go; returns the requests that then have none. */
    List<PendingRequest> leave(ResponderLoop responder) {
        TopicLine line = lines.get(responder.topic());
        if (line == null) {
            return List.of();
        }
        List<PendingRequest> orphans = line.leave(responder);
        lines.computeIfPresent(responder.topic(), (topic, found) -> found.isDeserted() ? null : found);
        return orphans;
    }
}
