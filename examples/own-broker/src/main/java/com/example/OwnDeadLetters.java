package com.example;

import java.util.ArrayDeque;
import java.util.List;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** The dead letters of one queue, oldest first. Each call is one step under the queue's lock. */
final class OwnDeadLetters implements DeadLetters {
    private final OwnQueue queue;
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();

    OwnDeadLetters(OwnQueue queue) {
        this.queue = queue;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        requirePositive(limit);
        return queue.whileOpen(() -> letters.stream().limit(limit).toList());
    }

    @Override
    public int redrive(int limit) {
        requirePositive(limit);
        return queue.whileOpen(() -> {
            int count = Math.min(limit, letters.size());
            for (int i = 0; i < count; i++) {
                queue.enter(letters.remove().message());
            }
            return count;
        });
    }

    @Override
    public int purge() {
        return queue.whileOpen(() -> {
            int count = letters.size();
            letters.clear();
            return count;
        });
    }

    /** Under the queue's lock. */
    void add(DeadLetter letter) {
        letters.add(letter);
    }

    /** Under the queue's lock. */
    int size() {
        return letters.size();
    }

    private static void requirePositive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
    }
}
