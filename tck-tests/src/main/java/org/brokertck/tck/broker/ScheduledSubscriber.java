package org.brokertck.tck.broker;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.broker.RecordedTopics.Heard;
import org.brokertck.tck.scenario.HoldingHandler;
import org.jspecify.annotations.Nullable;

/** A subscriber of a schedule, and what it must hear. */
final class ScheduledSubscriber {
    private final String topic;
    private final HoldingHandler handler;
    private final Heard subscription;
    /** What waits for it. Of what was produced at the same time, for a while, each may come first. */
    private final Map<String, Due> line = new LinkedHashMap<>();

    private final Set<String> heard = new HashSet<>();
    private @Nullable String held;
    private int begun;

    ScheduledSubscriber(String topic, HoldingHandler handler, Heard subscription) {
        this.topic = topic;
        this.handler = handler;
        this.subscription = subscription;
        handler.endsWith(subscription::close);
    }

    String topic() {
        return topic;
    }

    String name() {
        return subscription.name();
    }

    HoldingHandler handler() {
        return handler;
    }

    /**
     * A message that it must hear.
     *
     * @param begun the step in which its produce began
     * @param returned the step in which that was seen to have returned
     */
    private record Due(int begun, int returned) {}

    /** A message was taken in that it must hear. */
    void isDue(String id, int begun, int returned) {
        line.put(id, new Due(begun, returned));
    }

    boolean holds() {
        return held != null;
    }

    /** Whether one more message fits, whichever way the one that its handler has is counted. */
    boolean mustHaveRoom(int capacity) {
        return line.size() + (holds() ? 1 : 0) < capacity;
    }

    /** Whether one more message fits where the one that its handler has, or is about to get, takes no place. */
    boolean mayHaveRoom(int capacity) {
        return line.size() < capacity + (holds() ? 0 : 1);
    }

    /** Whether it is free, and something waits for it. */
    boolean lacks() {
        return held == null && !line.isEmpty();
    }

    boolean hasHeard(String id) {
        return heard.contains(id);
    }

    /** What its handler was given that we do not know of yet. */
    Optional<Message> news() {
        return handler.begun() > begun ? Optional.ofNullable(handler.held()) : Optional.empty();
    }

    /** Its handler was given that message; tells what is wrong with it. What it has heard may come again. */
    Optional<String> given(Message message) {
        String id = message.id();
        begun++;
        held = id;
        Due due = line.remove(id);
        boolean again = !heard.add(id);
        if (due == null) {
            return again
                    ? Optional.empty()
                    : Optional.of("%s was given %s, which was not due to it".formatted(name(), id));
        }
        return line.entrySet().stream()
                .filter(it -> it.getValue().returned() < due.begun())
                .findFirst()
                .map(it -> "%s was given %s before %s, which was produced earlier".formatted(name(), id, it.getKey()));
    }

    /** Its handler is let go. */
    void ends(boolean failing) {
        held = null;
        handler.end(failing);
    }
}
