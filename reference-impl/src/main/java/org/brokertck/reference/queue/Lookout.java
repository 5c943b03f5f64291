package org.brokertck.reference.queue;

import org.jspecify.annotations.Nullable;

/** Who observes a queue, if anyone does. Used only under the queue's lock but for {@link #observer()}. */
final class Lookout {
    private volatile @Nullable QueueObserver observer;
    /** Whether nothing has changed since somebody looked. */
    private boolean looked;

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

    /** What changes from here on is told, once. */
    void looked() {
        looked = true;
    }

    /** Something has changed. Called so often that it must cost nothing. */
    void changed() {
        if (looked) {
            looked = false;
            if (observer != null) {
                observer.changed();
            }
        }
    }
}
