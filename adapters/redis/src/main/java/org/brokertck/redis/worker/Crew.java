package org.brokertck.redis.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.BrokerException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;

/**
 * The workers of one instance that live, and those that its close ends.
 *
 * @param <W> what they are
 */
public final class Crew<W extends Worker> implements Iterable<W> {
    private final Lifecycle lifecycle;
    private final Failures failures;
    private final Set<W> alive = ConcurrentHashMap.newKeySet();
    /** Those that have ended, as long as their threads live. */
    private final Set<W> departing = ConcurrentHashMap.newKeySet();

    private volatile List<W> leaving = List.of();

    public Crew(Lifecycle lifecycle, Failures failures) {
        this.lifecycle = lifecycle;
        this.failures = failures;
    }

    /**
     * Takes one in and starts it, again and again while the server is away.
     *
     * @param asked what for, as in "respond to 'prices'"
     * @param otherwise what is so when the thread is interrupted, as in "nobody responds"
     * @throws BrokerException when it did not start in time; then nothing is left of it
     */
    public void start(W worker, Deadline deadline, String asked, String otherwise) {
        alive.add(worker);
        boolean started = false;
        try {
            start(worker, deadline, asked);
            // Whoever closes may have looked for workers before this one was there.
            lifecycle.requireOpen();
            started = true;
        } catch (InterruptedException e) {
            throw failures.interrupted(asked, otherwise);
        } finally {
            if (!started) {
                worker.giveUp();
            }
        }
    }

    private void start(W worker, Deadline deadline, String asked) throws InterruptedException {
        Patience patience = new Patience();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                worker.start(deadline);
                return;
            } catch (RedisFailure e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                lifecycle.requireOpen();
                Duration pause = patience.next();
                boolean again = e.kind() == Kind.NOT_SENT || e.isPassing();
                if (!again || deadline.left().compareTo(pause) <= 0) {
                    throw failures.of(e, asked);
                }
                boolean unused = lifecycle.pause(pause);
            }
        }
    }

    /** It counts no longer, and its thread may still tell its last. */
    public void gone(W worker) {
        departing.add(worker);
        alive.remove(worker);
    }

    /** Its thread has ended, or never began. */
    public void ended(W worker) {
        departing.remove(worker);
    }

    public int count() {
        return alive.size();
    }

    @Override
    public Iterator<W> iterator() {
        return alive.iterator();
    }

    /** Lets no further handler start. */
    public void beginClosing() {
        List<W> all = new ArrayList<>(alive);
        all.addAll(departing);
        leaving = all;
        leaving.forEach(Worker::beginClosing);
    }

    public void awaitEnd() {
        leaving.forEach(Worker::awaitEnd);
    }

    /**
     * Closes their instance, and waits for that, but not on a thread that the end waits for.
     *
     * @param what is closed, with its name
     * @throws OperationInterruptedException when the thread is interrupted while it waits, which ends the handlers that still run
     */
    public void close(Closing closing, String what) {
        boolean inside = isHandlerThread();
        closing.begin();
        try {
            if (!inside) {
                closing.await();
            }
        } catch (InterruptedException e) {
            leaving.forEach(Worker::cutOff);
            throw failures.interrupted("close " + what, "it is closed all the same");
        }
    }

    /** Whether the calling thread runs one of their handlers. */
    private boolean isHandlerThread() {
        List<W> all = new ArrayList<>(leaving);
        all.addAll(alive);
        return all.stream().anyMatch(Worker::isCurrentThread);
    }
}
