package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.brokertck.redis.connection.RedisFailure.Kind;

/**
 * The connections that the callers of one queue share; those of consumers are their own. At most {@value #MOST} at once, and
 * no thread of its own. A connection that failed takes the idle ones with it, which most likely died of the same.
 */
public final class LinkPool {
    private static final int MOST = 16;

    private final RedisAddress address;
    private final String clientName;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<Link> idle = new ConcurrentLinkedDeque<>();
    private final Set<Link> busy = ConcurrentHashMap.newKeySet();
    private final Set<SocketOpener> opening = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public LinkPool(RedisAddress address, String clientName) {
        this.address = address;
        this.clientName = clientName;
    }

    /**
     * Lends a connection to the task.
     *
     * @param deadline for a connection to become free and to be made; the task has to mind its own time
     * @throws RedisFailure as the task does, or of kind {@code NOT_SENT} when there is no connection
     * @throws InterruptedException while waiting for a connection to become free
     */
    public <T> T with(Deadline deadline, Function<Link, T> task) throws InterruptedException {
        if (!permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new RedisFailure(Kind.NOT_SENT, "all " + MOST + " connections are busy", null);
        }
        try {
            Link link = take(deadline);
            try {
                return task.apply(link);
            } finally {
                giveBack(link);
            }
        } finally {
            permits.release();
        }
    }

    /** A new connection, outside the pool, that the caller closes. */
    public Link open(Duration timeout) {
        SocketOpener opener = new SocketOpener(address, timeout);
        opening.add(opener);
        try {
            if (closed) {
                throw new RedisFailure(Kind.NOT_SENT, "the queue is closed", null);
            }
            return Link.open(address, opener, clientName);
        } finally {
            opening.remove(opener);
        }
    }

    /** Waits a little for what is under way, then breaks it. */
    public void close(Duration grace) {
        closed = true;
        try {
            if (permits.tryAcquire(MOST, grace.toNanos(), TimeUnit.NANOSECONDS)) {
                permits.release(MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        busy.forEach(Link::cut);
        opening.forEach(SocketOpener::cut);
        closeIdle();
    }

    private Link take(Deadline deadline) {
        Link link = idle.pollFirst();
        while (link != null && !link.isAlive()) {
            link.close();
            link = idle.pollFirst();
        }
        if (link == null) {
            link = open(deadline.left());
        }
        busy.add(link);
        if (closed) {
            link.cut();
        }
        return link;
    }

    private void giveBack(Link link) {
        busy.remove(link);
        if (link.isUsable() && !closed) {
            idle.addFirst(link);
            if (closed) {
                closeIdle();
            }
        } else {
            link.close();
            closeIdle();
        }
    }

    private void closeIdle() {
        for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            link.close();
        }
    }
}
