package org.brokertck.rabbitmq.connection;

import java.util.LinkedHashSet;
import java.util.Set;

/** The marks of the messages that were settled last; old ones give way to new ones. */
public final class RecentMarks {
    private static final int MOST = 10_000;

    private final Set<String> marks = new LinkedHashSet<>();

    public synchronized void add(String mark) {
        if (!mark.isEmpty() && marks.add(mark) && marks.size() > MOST) {
            marks.remove(marks.iterator().next());
        }
    }

    public synchronized void remove(String mark) {
        marks.remove(mark);
    }

    public synchronized boolean contains(String mark) {
        return marks.contains(mark);
    }
}
