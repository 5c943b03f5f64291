package org.brokertck.rabbitmq.consuming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.brokertck.rabbitmq.connection.Deadline;

/** The end of all consumers of an instance, within one drain timeout. */
public final class Drain {
    private Drain() {}

    /**
     * Lets no handler start any more, waits for those that run, and interrupts them when the time is up.
     *
     * @throws InterruptedException when the thread is interrupted a second time; the first interrupt ends the drain at once
     */
    public static void end(Collection<ConsumerLoop> consumers, Duration drainTimeout) throws InterruptedException {
        List<ConsumerLoop> all = List.copyOf(consumers);
        all.forEach(ConsumerLoop::stopTaking);
        try {
            join(all, Deadline.in(drainTimeout));
        } catch (InterruptedException hurried) {
            // What still runs is interrupted now, as it would have been later.
            all.forEach(ConsumerLoop::abandon);
        }
        all.forEach(ConsumerLoop::abandon);
        Deadline grace = Deadline.in(ConsumerLoop.GRACE);
        if (!join(all, grace)) {
            forsake(all);
        }
    }

    private static boolean join(List<ConsumerLoop> all, Deadline deadline) throws InterruptedException {
        for (ConsumerLoop consumer : all) {
            if (!consumer.join(deadline) && deadline.passed()) {
                return false;
            }
        }
        return true;
    }

    private static void forsake(List<ConsumerLoop> all) throws InterruptedException {
        List<Thread> telling = new ArrayList<>();
        for (ConsumerLoop consumer : all) {
            Thread teller = consumer.forsake();
            if (teller != null) {
                telling.add(teller);
            }
        }
        Deadline grace = Deadline.in(ConsumerLoop.GRACE);
        for (Thread teller : telling) {
            teller.join(Math.max(1, grace.millisLeft()));
        }
    }
}
