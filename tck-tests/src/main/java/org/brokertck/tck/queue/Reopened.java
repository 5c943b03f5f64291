package org.brokertck.tck.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.api.message.Message;

/**
 * A queue that is opened again, and what must come out of it.
 *
 * @param tests how it is opened
 * @param rule the rule in question
 * @param name its name
 * @param untouched messages never attempted, in order
 * @param retried messages that wait for a retry, with their retry count
 * @param dead how many dead letters were parked
 */
record Reopened(
        DurabilityRules tests, String rule, String name, List<Message> untouched, List<Message> retried, int dead) {
    /** Whether what was settled before may be attempted again. */
    enum Settled {
        /** After a graceful close: never. */
        STAY_AWAY,
        /** After a kill: servers confirm an acknowledgement to nobody, so the last ones may be forgotten. */
        MAY_COME_AGAIN
    }

    /** Opens the queue and fails the test when something is missing, out of order, or not due. */
    void require(Settled settled) {
        try (QueueUnderTest queue = QueueUnderTest.open(tests, tests.target(), rule, name, tests.durable())) {
            List<Message> received = Collections.synchronizedList(new ArrayList<>());
            queue.consume(received::add);
            queue.happensWithin(
                    tests.timeouts().await().plus(tests.durable().backoff().maxDelay()),
                    () -> snapshot(received).containsAll(untouched)
                            && snapshot(received).containsAll(retried));
            queue.stays(() -> true);
            judge(queue, snapshot(received), settled);
            int letters = queue.deadLetters().size();
            queue.require(
                    letters == dead || (settled == Settled.MAY_COME_AGAIN && letters > dead),
                    "%d dead letters were parked; the queue opened again lists %d".formatted(dead, letters));
        }
    }

    private void judge(QueueUnderTest queue, List<Message> received, Settled settled) {
        Set<String> ids = untouched.stream().map(Message::id).collect(Collectors.toSet());
        List<Message> rest =
                received.stream().filter(it -> ids.contains(it.id())).toList();
        queue.require(
                rest.equals(untouched),
                "not yet attempted were %s; the queue opened again delivered %s".formatted(ids(untouched), ids(rest)));
        List<Message> later = received.stream().filter(it -> it.retries() > 0).toList();
        queue.require(
                later.equals(retried),
                "waiting for a retry were %s; the queue opened again delivered %s".formatted(retried, later));
        List<Message> others = received.stream()
                .filter(it -> it.retries() == 0 && !ids.contains(it.id()))
                .toList();
        queue.require(
                settled == Settled.MAY_COME_AGAIN || others.isEmpty(),
                "settled before the queue was closed, or never produced, were %s; the queue opened again delivered them"
                        .formatted(ids(others)));
    }

    private static List<Message> snapshot(List<Message> received) {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }
}
