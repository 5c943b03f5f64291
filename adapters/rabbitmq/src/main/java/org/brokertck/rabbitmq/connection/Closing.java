package org.brokertck.rabbitmq.connection;

import java.time.Duration;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/** The end of an instance. A thread of its own carries it out, once; whoever closes waits for that thread. */
public final class Closing {
    /** How long what follows a drain may take, which waits for the server and not for a handler. */
    private static final Duration HASTE = Duration.ofSeconds(2);

    private final InstanceThreads threads;
    private final String what;
    private final Runnable end;
    private @Nullable Thread thread;
    private volatile boolean begun;

    /**
     * @param what is closed, with its name, as in "queue 'orders'"
     * @param end carries it out; an interrupt cuts short whatever it waits for
     */
    public Closing(InstanceThreads threads, String what, Runnable end) {
        this.threads = threads;
        this.what = what;
        this.end = end;
    }

    /** What may fail while an instance is opened. */
    @FunctionalInterface
    public interface Opening {
        void run() throws InterruptedException;
    }

    /**
     * Opens the instance, and closes it where that fails.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits
     */
    public void unlessOpened(Opening opening) {
        boolean opened = false;
        try {
            opening.run();
            opened = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while opening " + what, e);
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** @throws ClosedException when somebody closes, or has closed */
    public void requireOpen() {
        if (begun) {
            throw closed();
        }
    }

    /** What to throw when the instance is closed. */
    public ClosedException closed() {
        return new ClosedException(
                Character.toUpperCase(what.charAt(0)) + what.substring(1) + " is closed: open it again");
    }

    /** Whether somebody closes, or has closed. */
    public boolean begun() {
        return begun;
    }

    /** Begins, if it has not begun, without waiting. */
    public synchronized void begin() {
        if (thread == null) {
            begun = true;
            thread = threads.helper("closer", end);
            thread.start();
        }
    }

    /**
     * Begins, if it has not begun, and waits for the end; but not on the very thread that carries it out.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits; that hastens the end
     */
    public void close() {
        begin();
        Thread closing = closer();
        if (closing == null || closing == Thread.currentThread()) {
            return;
        }
        try {
            closing.join();
        } catch (InterruptedException e) {
            hurry(closing);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while closing " + what + ": it is closed all the same", e);
        }
    }

    private synchronized @Nullable Thread closer() {
        return thread;
    }

    /** Ends the drain now. The rest takes about as long as a server takes to answer, and is waited for. */
    private static void hurry(Thread closing) {
        closing.interrupt();
        Deadline deadline = Deadline.in(HASTE);
        while (closing.isAlive() && !deadline.passed()) {
            try {
                closing.join(Math.max(1, deadline.millisLeft()));
            } catch (InterruptedException again) {
                return;
            }
        }
    }
}
