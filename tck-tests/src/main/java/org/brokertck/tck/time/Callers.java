package org.brokertck.tck.time;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * The threads that make the kit's calls: as in most programs, each makes one after another, so that what an implementation keeps of
 * a call by its thread, a refused one above all, meets the next.
 */
final class Callers {
    /** More are seldom idle at once; the rest end. */
    private static final int MOST_IDLE = 16;

    private final LinkedBlockingDeque<BoundedThread> idle = new LinkedBlockingDeque<>(MOST_IDLE);

    /** Starts a call on the thread that ended one last, or on a new one when all are at work. */
    <T> Call<T> start(String what, Callable<T> call) {
        BoundedThread waiting = idle.pollFirst();
        Turn turn = new Turn(waiting != null ? waiting : new BoundedThread("caller"));
        Call<T> started = new Call<>(turn, () -> {
            turn.begin(what);
            try {
                return call.call();
            } finally {
                turn.end();
            }
        });
        turn.caller.make(started);
        return started;
    }

    /** A call, and the thread that makes it. */
    static final class Call<T> extends FutureTask<T> {
        private final Turn turn;

        private Call(Turn turn, Callable<T> call) {
            super(call);
            this.turn = turn;
        }

        /** The thread, which makes other calls before and after this one. */
        Thread thread() {
            return turn.caller.thread();
        }

        boolean hasBegun() {
            return turn.begun;
        }

        /** Interrupts this call, and none that its thread makes next: each begins without the interrupt of the one before. */
        void interrupt() {
            turn.interrupt();
        }
    }

    /** What a thread spends on one call. */
    private final class Turn {
        private final BoundedThread caller;
        private volatile boolean begun;
        /** Guarded by this, as the next one. */
        private boolean ended;

        private boolean interruptedBefore;

        private Turn(BoundedThread caller) {
            this.caller = caller;
        }

        private synchronized void begin(String what) {
            caller.thread().setName(Bounded.THREAD_PREFIX + what);
            begun = true;
            if (interruptedBefore) {
                caller.thread().interrupt();
            }
        }

        private synchronized void interrupt() {
            if (!begun) {
                interruptedBefore = true;
            } else if (!ended) {
                caller.thread().interrupt();
            }
        }

        /** Before anyone hears of the end, so that whoever does may count on the thread. */
        private void end() {
            synchronized (this) {
                ended = true;
            }
            if (!idle.offerFirst(caller)) {
                caller.close();
            }
        }
    }
}
