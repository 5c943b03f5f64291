package org.brokertck.reference.queue;

import org.jspecify.annotations.Nullable;

/** Who observes a queue, if anyone does. Used only under the queue's lock. */
final class Lookout {
    private @Nullable QueueObserver observer;
    /** Whether nothing has changed since somebody looked. */
    private boolean looked;

    private boolean timesAll;
    /** Attempts up to the next that is timed, that one included. */
    private int untilTimed;

    /** @return false when someone else observes it already */
    boolean tryJoin(QueueObserver newcomer) {
        if (observer != null) {
            return false;
        }
        observer = newcomer;
        return true;
    }

    /** Null when nobody does. */
    @Nullable
    QueueObserver observer() {
        return observer;
    }

    /** Whether each attempt that begins from now on is timed, or few are. */
    void timeAll(boolean all) {
        timesAll = all;
        untilTimed = interval();
    }

    /** What changes from here on is told, once. */
    void looked() {
        looked = true;
    }

    /** Something has changed. Called so often that it must cost nothing, as the next. */
    void changed() {
        if (looked) {
            looked = false;
            if (observer != null) {
                observer.changed();
            }
        }
    }

    /** An attempt begins. @return whether it is to be timed */
    boolean begins() {
        changed();
        if (--untilTimed > 0) {
            return false;
        }
        untilTimed = interval();
        return observer != null;
    }

    private int interval() {
        return timesAll ? 1 : QueueObserver.ONE_IN;
    }
}
