package org.brokertck.tck.multibroker;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.message.Message;

/** A subscriber of a schedule: what it must have heard, and what it has heard. */
final class ScheduledListener {
    private final String topic;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Set<String> due = new LinkedHashSet<>();

    ScheduledListener(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    /** Its handler. */
    void hears(Message message) {
        heard.add(message.id());
    }

    /** A broker has taken this message for it. */
    void isDue(String id) {
        due.add(id);
    }

    /** What it must have heard and has not. */
    Set<String> missing() {
        Set<String> missing = new LinkedHashSet<>(due);
        missing.removeAll(heard);
        return missing;
    }

    /** What it has heard and no broker took for it. */
    Set<String> undue() {
        Set<String> undue = new LinkedHashSet<>(heard);
        undue.removeAll(due);
        return undue;
    }
}
