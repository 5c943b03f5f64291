package org.brokertck.redis.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** The dead letters, in a stream of their own. Large numbers move in portions, so that the server serves others between. */
final class RedisDeadLetters implements DeadLetters {
    private static final int PORTION = 100;

    private final QueueParts parts;
    private final Calls calls;

    /** Held while some return to the queue: no sample of the metrics may see one as dead and, later, as running too. */
    private final ReentrantLock moving = new ReentrantLock();

    RedisDeadLetters(QueueParts parts, Calls calls) {
        this.parts = parts;
        this.calls = calls;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        requireLimit(limit);
        parts.lifecycle().requireOpen();
        String asked = asked("list");
        String last = last(asked);
        List<DeadLetter> letters = new ArrayList<>();
        String after = "";
        while (!last.isEmpty() && letters.size() < limit) {
            String from = after;
            int portion = Math.min(PORTION, limit - letters.size());
            List<Entry> entries =
                    calls.repeatable(asked, (link, time) -> parts.server().dead(link, time, from, last, portion));
            for (Entry entry : entries) {
                letters.add(EntryCodec.deadLetter(entry));
                after = entry.id();
            }
            if (entries.size() < portion) {
                break;
            }
        }
        return letters;
    }

    @Override
    public int redrive(int limit) {
        requireLimit(limit);
        parts.lifecycle().requireOpen();
        String asked = asked("redrive");
        // What fails again meanwhile is parked behind this one: it stays, or redriving would never end.
        String last = last(asked);
        int moved = 0;
        while (!last.isEmpty() && moved < limit) {
            int portion = limit - moved;
            int now = redrivePortion(asked, last, portion);
            if (now == 0) {
                break;
            }
            moved += now;
        }
        return moved;
    }

    @Override
    public int purge() {
        parts.lifecycle().requireOpen();
        return calls.once(asked("purge"), (link, time) -> parts.server().purge(link, time));
    }

    /** Reads several figures with no dead letter returning to the queue in between. */
    <T> T whileNoneReturns(Supplier<T> task) {
        moving.lock();
        try {
            return task.get();
        } finally {
            moving.unlock();
        }
    }

    private int redrivePortion(String asked, String last, int limit) {
        moving.lock();
        try {
            return calls.once(asked, (link, time) -> parts.server().redrive(link, time, last, limit));
        } finally {
            moving.unlock();
        }
    }

    private String last(String asked) {
        return calls.repeatable(asked, (link, time) -> parts.server().lastDead(link, time));
    }

    private String asked(String what) {
        return what + " the dead letters of queue '" + parts.queue() + "'";
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
    }
}
