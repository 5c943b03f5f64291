package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;

/** Holds one {@link Wire}, and makes a new one when it is asked for one and the last broke. */
public final class Wiring {
    private final RedisAddress address;
    private final String name;
    private final Consumer<List<Object>> pushes;
    private final Consumer<Wire> whenOpened;
    private final Runnable afterLoss;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Wire current;
    private volatile @Nullable SocketOpener opening;
    private volatile boolean closed;

    /**
     * Nothing is connected yet.
     *
     * @param name of threads and connections; no spaces
     */
    public Wiring(RedisAddress address, String name) {
        this(address, name, unused -> {}, unused -> {}, () -> {});
    }

    /**
     * Nothing is connected yet.
     *
     * @param whenOpened is run with each new connection before anybody else gets it; what it throws gives the connection up
     * @param pushes as {@link Wire#open} takes it
     * @param afterLoss as {@link Wire#open} takes it
     */
    public Wiring(
            RedisAddress address,
            String name,
            Consumer<List<Object>> pushes,
            Consumer<Wire> whenOpened,
            Runnable afterLoss) {
        this.address = address;
        this.name = name;
        this.pushes = pushes;
        this.whenOpened = whenOpened;
        this.afterLoss = afterLoss;
    }

    /**
     * The connection; a new one when there is none.
     *
     * @throws RedisFailure of kind {@code NOT_SENT} or {@code REFUSED} when there is none to be had in time
     * @throws InterruptedException while another thread connects
     */
    public Wire connected(Deadline deadline) throws InterruptedException {
        Wire wire = current;
        if (wire != null && wire.isUsable()) {
            return wire;
        }
        if (!connecting.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new RedisFailure(Kind.NOT_SENT, "another call is still connecting", null);
        }
        try {
            wire = current;
            return wire != null && wire.isUsable() ? wire : opened(deadline.left());
        } finally {
            connecting.unlock();
        }
    }

    /** The connection, when there is one. */
    public @Nullable Wire ifConnected() {
        Wire wire = current;
        return wire != null && wire.isUsable() ? wire : null;
    }

    /** Breaks the connection, for good, and whatever waits for one. */
    public void close() {
        closed = true;
        SocketOpener open = opening;
        if (open != null) {
            open.cut();
        }
        Wire wire = current;
        if (wire != null) {
            wire.close();
        }
    }

    private Wire opened(Duration timeout) {
        SocketOpener opener = new SocketOpener(address, timeout);
        opening = opener;
        try {
            requireOpen();
            Wire before = current;
            if (before != null) {
                before.close();
            }
            Wire wire = Wire.open(address, opener, name, pushes, afterLoss);
            boolean ready = false;
            try {
                whenOpened.accept(wire);
                current = wire;
                requireOpen();
                ready = true;
                return wire;
            } finally {
                if (!ready) {
                    wire.close();
                }
            }
        } finally {
            opening = null;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new RedisFailure(Kind.NOT_SENT, "it is closed here", null);
        }
    }
}
