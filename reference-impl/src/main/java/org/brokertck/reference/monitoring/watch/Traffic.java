package org.brokertck.reference.monitoring.watch;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages and their bytes, by thread: a locked operation right behind a produce would wait until the other side has taken over
 * what was produced, which costs more than the produce itself.
 */
final class Traffic {
    private final ThreadLocal<Share> share = ThreadLocal.withInitial(this::newShare);
    /** That of the thread that came first, and often alone: found at once. */
    private volatile @Nullable Share first;
    /** Guarded by this, as what follows. */
    private final List<Share> shares = new ArrayList<>();

    /** What threads counted that have ended. */
    private long messagesBefore;

    private long bytesBefore;
    private long messages;
    private long bytes;

    /** A message was produced, by the calling thread. */
    void add(int size) {
        Share known = first;
        (known != null && known.isOf(Thread.currentThread()) ? known : share.get()).add(size);
    }

    private synchronized Share newShare() {
        Share fresh = new Share(Thread.currentThread());
        shares.add(fresh);
        if (first == null) {
            first = fresh;
        }
        return fresh;
    }

    /** What came since the last look. Bytes of a message that is being counted may come one look before it. */
    synchronized Since look() {
        long allMessages = messagesBefore;
        long allBytes = bytesBefore;
        for (Iterator<Share> each = shares.iterator(); each.hasNext(); ) {
            Share next = each.next();
            boolean over = next.isOver(); // first: what is over changes no more
            long itsMessages = next.messages(); // before its bytes, which are counted first
            long itsBytes = next.bytes();
            allMessages += itsMessages;
            allBytes += itsBytes;
            if (over) {
                messagesBefore += itsMessages;
                bytesBefore += itsBytes;
                each.remove();
                first = next == first ? null : first;
            }
        }
        Since since = new Since(allMessages - messages, allMessages > messages ? allBytes - bytes : 0);
        messages = allMessages;
        bytes += since.bytes();
        return since;
    }

    /** All messages up to the last look. */
    synchronized long messages() {
        return messages;
    }

    /** Messages and bytes since a look. */
    record Since(long messages, long bytes) {}

    /** What one thread counted. */
    private static final class Share {
        private final WeakReference<Thread> thread;
        /** The bytes, and the messages. */
        private final OwnCounts counts = new OwnCounts();

        Share(Thread thread) {
            this.thread = new WeakReference<>(thread);
        }

        void add(int size) {
            long unusedBytes = counts.raiseFirst(size);
            long unusedMessages = counts.raiseSecond(1);
        }

        long messages() {
            return counts.second();
        }

        long bytes() {
            return counts.first();
        }

        boolean isOf(Thread other) {
            return thread.refersTo(other);
        }

        boolean isOver() {
            Thread counting = thread.get();
            return counting == null || !counting.isAlive();
        }
    }
}
