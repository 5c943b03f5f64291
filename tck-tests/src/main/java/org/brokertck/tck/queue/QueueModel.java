package org.brokertck.tck.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueMetrics;

/**
 * What a queue must have come to after each step of a schedule. Its figures are certain; which producer finds room first, and which
 * message a handler is given, is taken over from the queue, as long as it may be that one.
 */
final class QueueModel {
    /**
     * What can be seen of a queue at rest.
     *
     * @param metrics its metrics
     * @param waiting how many producers wait for room
     * @param held how many messages are in the hands of handlers
     */
    record Rest(QueueMetrics metrics, int waiting, int held) {
        @Override
        public String toString() {
            return "%d producers wait, %d messages are in hand, %s".formatted(waiting, held, metrics);
        }
    }

    private final int capacity;
    private final Map<String, Integer> maxRetries = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> ready = new LinkedHashSet<>();
    private final Set<String> held = new LinkedHashSet<>();
    private final Set<String> delayed = new LinkedHashSet<>();
    private final List<String> parked = new ArrayList<>();
    private int free;
    private long produced;
    private long consumed;
    private long failed;

    QueueModel(int capacity) {
        this.capacity = capacity;
    }

    void produces(Message message) {
        maxRetries.put(message.id(), message.maxRetries());
        failures.put(message.id(), 0);
        waiting.add(message.id());
    }

    void joins() {
        free++;
    }

    void leaves() {
        free--;
    }

    void succeeds(String id, boolean leaving) {
        ends(id, leaving);
        consumed++;
    }

    void fails(String id, boolean leaving) {
        ends(id, leaving);
        failed++;
        int count = failures.merge(id, 1, Integer::sum);
        if (count > Objects.requireNonNull(maxRetries.get(id))) {
            parked.add(id);
        } else {
            delayed.add(id);
        }
    }

    private void ends(String id, boolean leaving) {
        held.remove(id);
        if (!leaving) {
            free++;
        }
    }

    /** The produce was refused. */
    void refused(String id) {
        waiting.remove(id);
    }

    /** All retries are due. */
    void delaysPass() {
        ready.addAll(delayed);
        delayed.clear();
    }

    /** The ids of the dead letters, oldest first. */
    List<String> parked() {
        return List.copyOf(parked);
    }

    /** How many are redriven. */
    int redrives(int limit) {
        List<String> oldest = parked.subList(0, Math.min(limit, parked.size()));
        int count = oldest.size();
        oldest.forEach(id -> failures.put(id, 0));
        ready.addAll(oldest);
        oldest.clear();
        return count;
    }

    /** How many are deleted. */
    int purges() {
        int count = parked.size();
        parked.clear();
        return count;
    }

    /** What the queue must come to from here. */
    Rest expected() {
        int unsettled = ready.size() + held.size() + delayed.size();
        int admitted = Math.min(waiting.size(), Math.max(0, capacity - unsettled));
        int handed = Math.min(free, ready.size() + admitted);
        QueueMetrics metrics =
                new QueueMetrics(produced + admitted, consumed, failed, held.size() + handed, parked.size());
        return new Rest(metrics, waiting.size() - admitted, held.size() + handed);
    }

    /** What a queue must have come to that was closed: nobody waits, and nothing is handed out any more. */
    Rest closed() {
        return new Rest(new QueueMetrics(produced, consumed, failed, 0, parked.size()), 0, 0);
    }

    /** A produce that waited, or need not wait, returned. */
    void admits(String id) {
        waiting.remove(id);
        ready.add(id);
        produced++;
    }

    /** A handler was given that message; tells what is wrong with it. */
    Optional<String> hands(Message message) {
        String id = message.id();
        if (!ready.remove(id)) {
            return Optional.of(id + " was handed out, which " + whereabouts(id));
        }
        held.add(id);
        free--;
        int count = Objects.requireNonNull(failures.get(id));
        return message.retries() == count
                ? Optional.empty()
                : Optional.of(id + " was handed out with retries=" + message.retries() + " after " + count
                        + " failed attempts since it was produced or redriven");
    }

    boolean holds(String id) {
        return held.contains(id);
    }

    private String whereabouts(String id) {
        if (parked.contains(id)) {
            return "is a dead letter";
        }
        if (delayed.contains(id)) {
            return "waits for a retry that is not due";
        }
        return waiting.contains(id) ? "its producer still waits with" : "is not in the queue any more";
    }
}
