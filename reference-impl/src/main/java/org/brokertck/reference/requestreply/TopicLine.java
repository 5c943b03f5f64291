package org.brokertck.reference.requestreply;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The requests of one topic that wait for a responder, first come first served, and the responders that take them. */
final class TopicLine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    /** Ordered, and left in no time by those whose time ran out. */
    private final Set<PendingRequest> waiting = new LinkedHashSet<>();

    private final Set<ResponderLoop> responders = new LinkedHashSet<>();

    /** Puts a request in line; says false when nobody responds. */
    boolean offer(PendingRequest request) {
        lock.lock();
        try {
            if (responders.isEmpty()) {
                return false;
            }
            waiting.add(request);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        if (request.ended().isDone()) {
            // Whoever ended it may have looked for it here before it was there.
            forget(request);
        }
        return true;
    }

    /** The request has ended: no responder needs to see it any more. */
    void forget(PendingRequest request) {
        lock.lock();
        try {
            waiting.remove(request);
        } finally {
            lock.unlock();
        }
    }

    void join(ResponderLoop responder) {
        lock.lock();
        try {
            responders.add(responder);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a responder go; returns the requests that then have none. */
    List<PendingRequest> leave(ResponderLoop responder) {
        lock.lock();
        try {
            responders.remove(responder);
            arrived.signalAll();
            if (!responders.isEmpty()) {
                return List.of();
            }
            List<PendingRequest> orphans = List.copyOf(waiting);
            waiting.clear();
            return orphans;
        } finally {
            lock.unlock();
        }
    }

    boolean isDeserted() {
        lock.lock();
        try {
            return responders.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The next request, waited for as long as the responder belongs here; null once it does not. */
    @Nullable
    PendingRequest take(ResponderLoop responder) {
        lock.lock();
        try {
            while (responders.contains(responder)) {
                Iterator<PendingRequest> first = waiting.iterator();
                if (first.hasNext() && responder.begins()) {
                    PendingRequest request = first.next();
                    first.remove();
                    return request;
                }
                arrived.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
