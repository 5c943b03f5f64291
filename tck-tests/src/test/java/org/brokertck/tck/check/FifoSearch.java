package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Linearizability to a FIFO queue by exhaustive search, after Wing and Gong: some operation that no open one must precede takes
 * effect next, on a queue; all choices are tried. Slow, and too plain to be wrong; for at most 12 operations.
 */
final class FifoSearch {
    /** What an operation does. */
    enum Kind {
        /** Appends its value. */
        PUT,
        /** Removes the head, which must be its value. */
        TAKE,
        /** Removes whatever the head is. */
        TAKE_ANY
    }

    /** An operation; one without an end may take effect at any time after its beginning, or never. */
    record Operation(Kind kind, String value, long from, long to) {
        boolean optional() {
            return to == Fifo.NEVER;
        }
    }

    private final List<Operation> operations;
    private final boolean[] done;
    private final List<String> queue = new ArrayList<>();

    private FifoSearch(List<Operation> operations) {
        this.operations = operations;
        this.done = new boolean[operations.size()];
    }

    /** Whether some order of effects explains the history. */
    static boolean isLinearizable(List<Fifo.Put> puts, List<Fifo.Take> takes, List<Long> pendingTakes) {
        List<Operation> operations = new ArrayList<>();
        puts.forEach(it -> operations.add(new Operation(Kind.PUT, it.value(), it.from(), it.to())));
        takes.forEach(it -> operations.add(new Operation(Kind.TAKE, it.value(), it.from(), it.to())));
        pendingTakes.forEach(it -> operations.add(new Operation(Kind.TAKE_ANY, "", it, Fifo.NEVER)));
        return new FifoSearch(operations).search();
    }

    private boolean search() {
        long firstEnd = firstEnd();
        if (firstEnd == Fifo.NEVER) {
            return true;
        }
        for (int i = 0; i < done.length; i++) {
            // Whoever begins after another has ended takes effect after it.
            if (!done[i] && operations.get(i).from() <= firstEnd && effectOf(i)) {
                return true;
            }
        }
        return false;
    }

    /** The earliest end among the operations still to take effect; never when all that must have done so. */
    private long firstEnd() {
        long first = Fifo.NEVER;
        for (int i = 0; i < done.length; i++) {
            if (!done[i]) {
                first = Math.min(first, operations.get(i).to());
            }
        }
        return first;
    }

    /** Whether the rest can be explained after this operation takes effect now. */
    private boolean effectOf(int i) {
        Operation operation = operations.get(i);
        if (operation.kind() == Kind.PUT) {
            done[i] = true;
            queue.add(operation.value());
            boolean found = search();
            queue.remove(queue.size() - 1);
            done[i] = false;
            return found;
        }
        if (queue.isEmpty() || (operation.kind() == Kind.TAKE && !queue.get(0).equals(operation.value()))) {
            return false;
        }
        done[i] = true;
        String head = queue.remove(0);
        boolean found = search();
        queue.add(0, head);
        done[i] = false;
        return found;
    }
}
