package org.brokertck.tck.faulty.requestreply.plain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the instances of one name share: requests in line, responders, and the lock that guards all. */
public final class Line {
    final ReentrantLock lock;
    final Condition changed;

    /** All instances that are open. */
    public final List<PlainRequestReply> instances = new ArrayList<>();

    /** The requests of each topic that nobody has taken. */
    public final Map<String, Deque<PlainRequest>> waiting = new HashMap<>();

    /** All who take requests, in the order in which they came. */
    public final List<PlainResponder> responders = new ArrayList<>();

    /** Numbers for requests. */
    public long numbers;

    /** A line of one instance. */
    public Line() {
        this.lock = new ReentrantLock();
        this.changed = lock.newCondition();
    }

    /** A line on a server's lock. */
    public Line(ReentrantLock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }

    /** The requests of a topic that nobody has taken. */
    public Deque<PlainRequest> waiting(String topic) {
        return waiting.computeIfAbsent(topic, it -> new ArrayDeque<>());
    }
}
