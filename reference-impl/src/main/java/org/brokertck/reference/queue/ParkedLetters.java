package org.brokertck.reference.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.brokertck.api.queue.DeadLetter;

/** The dead letters, oldest first. Their number is the user's business. Used only under the queue's lock. */
class ParkedLetters {
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();

    void park(DeadLetter letter) {
        letters.addLast(letter);
    }

    int size() {
        return letters.size();
    }

    /** A copy of the oldest, for the caller to keep. */
    List<DeadLetter> oldest(int limit) {
        List<DeadLetter> copy = new ArrayList<>(Math.min(limit, letters.size()));
        Iterator<DeadLetter> all = letters.iterator();
        while (copy.size() < limit && all.hasNext()) {
            copy.add(all.next());
        }
        return copy;
    }

    DeadLetter removeOldest() {
        return letters.removeFirst();
    }

    int removeAll() {
        int removed = letters.size();
        letters.clear();
        return removed;
    }
}
