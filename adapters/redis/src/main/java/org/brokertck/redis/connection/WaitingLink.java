package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * The connection of one thread that waits on the server for what comes, made anew whenever it broke. Only {@link #endWaits} and {@link
 * #close} may come from other threads.
 */
public final class WaitingLink {
    private static final Duration NUDGE = Duration.ofMillis(20);
    /** Longer than any wait on the server that nobody could end. */
    private static final Duration LONGEST_END = Duration.ofMillis(2500);

    private final RedisAddress address;
    private final String name;
    private volatile @Nullable Link link;
    private volatile @Nullable SocketOpener opening;
    private volatile byte[] clientId = {};
    private volatile boolean waiting;
    private volatile boolean ended;
    private volatile boolean closed;

    /** @param name for the server's list of clients; no spaces */
    public WaitingLink(RedisAddress address, String name) {
        this.address = address;
        this.name = name;
    }

    /**
     * The connection; a new one where there is none.
     *
     * @param whenOpened is run with a new one before it is used; what it throws gives the connection up
     * @throws RedisFailure when there is none to be had
     */
    public Link connected(Duration timeout, Consumer<Link> whenOpened) {
        Link current = link;
        if (current != null && current.isUsable()) {
            return current;
        }
        SocketOpener opener = new SocketOpener(address, timeout);
        opening = opener;
        try {
            if (closed) {
                throw new RedisFailure(Kind.NOT_SENT, "it is closed here", null);
            }
            Link fresh = Link.open(address, opener, name);
            boolean ready = false;
            try {
                clientId = idOf(fresh, timeout);
                whenOpened.accept(fresh);
                link = fresh;
                ready = !closed;
            } finally {
                if (!ready) {
                    fresh.close();
                }
            }
            return fresh;
        } finally {
            opening = null;
        }
    }

    /** The connection where there is one; null otherwise. */
    public @Nullable Link ifConnected() {
        Link current = link;
        return current != null && current.isUsable() ? current : null;
    }

    /** Waits on the server, unless waits are over; null then. */
    public <T> @Nullable T waiting(Link current, Function<Link, @Nullable T> wait) {
        waiting = true;
        try {
            return ended ? null : wait.apply(current);
        } finally {
            waiting = false;
        }
    }

    /**
     * Ends the wait that is under way, and lets none begin any more. The server is asked to end it, rather than the connection cut, so
     * that nothing is handed to a wait that nobody listens to.
     *
     * @param control the connection to ask over; gives null when there is none, in which case the wait is cut
     */
    public void endWaits(ScheduledExecutorService timer, Supplier<@Nullable Wire> control) {
        ended = true;
        nudge(timer, control, Deadline.in(LONGEST_END));
    }

    private void nudge(ScheduledExecutorService timer, Supplier<@Nullable Wire> control, Deadline deadline) {
        if (!waiting) {
            return;
        }
        Wire wire = control.get();
        if (wire == null || deadline.passed()) {
            cut();
            return;
        }
        byte[] id = clientId;
        if (id.length > 0) {
            Object unused = wire.submit(Command.CLIENT, Bytes.of("UNBLOCK"), id);
        }
        try {
            // Again: the wait may not have reached the server yet.
            Object unused =
                    timer.schedule(() -> nudge(timer, control, deadline), NUDGE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            cut();
        }
    }

    /** Breaks the connection under whoever uses it; the next use makes a new one. */
    public void cut() {
        Link current = link;
        if (current != null) {
            current.cut();
        }
    }

    /** Breaks the connection for good. */
    public void close() {
        closed = true;
        ended = true;
        SocketOpener open = opening;
        if (open != null) {
            open.cut();
        }
        cut();
    }

    private static byte[] idOf(Link link, Duration timeout) {
        try {
            return link.call(timeout, Command.CLIENT, Bytes.of("ID")) instanceof Long id ? Bytes.of(id) : new byte[0];
        } catch (RedisFailure e) {
            if (e.kind() == Kind.REFUSED && !e.isPassing()) {
                // Not permitted: waits then end by themselves.
                return new byte[0];
            }
            throw e;
        }
    }
}
