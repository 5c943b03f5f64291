package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is there again soon after it was lost. A thread of its own connects, so that whoever waits for the
 * connection can be interrupted and keeps to its own deadline.
 */
public final class Link {
    private static final Duration RECOVERY_INTERVAL = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int GRACE_MILLIS = 1000;

    private final Connector connector;
    private final InstanceThreads threads;
    private final String role;
    private final ScheduledThreadPoolExecutor executor;
    private final Thread keeper;
    private @Nullable Connection current;
    private @Nullable Exception lastFailure;
    private int failures;
    private boolean closed;
    private volatile int farewellMillis;
    private volatile @Nullable Socket socket;
    private volatile @Nullable Thread reader;
    private volatile @Nullable String blocked;

    /** @param role what the connection is for, as part of its name */
    public Link(Connector connector, InstanceThreads threads, String role) {
        this.connector = connector;
        this.threads = threads;
        this.role = role;
        this.executor = new ScheduledThreadPoolExecutor(2, threads.factory(role + "-io"));
        executor.setRemoveOnCancelPolicy(true);
        this.keeper = threads.helper(role + "-keeper", this::keepConnected);
        keeper.start();
    }

    /**
     * The connection, waited for while it is being restored.
     *
     * @throws BrokerUnavailableException when it is not there in time
     * @throws ClosedException when the link is closed
     */
    public synchronized Connection await(Deadline deadline) throws InterruptedException {
        return await(deadline, Integer.MAX_VALUE);
    }

    /** The connection, as {@link #await} gives it, but without waiting on once an attempt to connect has failed. */
    public synchronized Connection awaitFirstAttempt(Deadline deadline) throws InterruptedException {
        return await(deadline, 1);
    }

    /** Whether the connection is there, as far as is known. */
    public synchronized boolean isOpen() {
        return current != null && current.isOpen();
    }

    /** Why the server takes no messages from this connection, in its own words; null while it takes them, as far as is known. */
    public @Nullable String blocked() {
        return blocked;
    }

    /** What to throw when the server does not answer. */
    public synchronized BrokerUnavailableException unavailable() {
        return unavailable(lastFailure);
    }

    /** What to throw when {@code cause} has just shown that the server does not answer. */
    public BrokerUnavailableException unavailable(@Nullable Throwable cause) {
        return new BrokerUnavailableException(
                "RabbitMQ at " + connector.address() + " cannot be reached, or refuses: " + reason(cause)
                        + ". Check that the server runs, and the address and the credentials",
                cause);
    }

    /**
     * Breaks the connection when a call failed because no answer came in time. Its channel would otherwise stay half
     * open, and keep what was delivered to it.
     */
    public void dropIfSilent(Exception failure) {
        if (failure instanceof ChannelContinuationTimeoutException || failure instanceof TimeoutException) {
            closeSocket();
        }
    }

    /** Waits before something is tried again, but no longer than until the link is closed: the next try finds it closed then. */
    public synchronized void pause(Duration duration) throws InterruptedException {
        Deadline next = Deadline.in(duration);
        while (!closed && !next.passed()) {
            wait(Math.max(1, next.millisLeft()));
        }
    }

    /** Begins the end, without waiting. */
    public synchronized void beginClosing() {
        beginClosing(FAREWELL);
    }

    /**
     * Begins the end, without waiting.
     *
     * @param farewell how long the server is given to take leave
     */
    public synchronized void beginClosing(Duration farewell) {
        if (!closed) {
            farewellMillis = Math.toIntExact(farewell.toMillis());
        }
        closed = true;
        notifyAll();
    }

    /** Ends the connection and its threads; gracefully while the server answers, and within about two seconds anyway. */
    public void close() throws InterruptedException {
        beginClosing();
        keeper.join(farewellMillis + 200L);
        // Frees whoever still waits for this server: the connecting keeper, a blocked write.
        closeSocket();
        keeper.join(GRACE_MILLIS);
        Thread last = reader;
        if (last != null) {
            // It hands its last work to the executor, and waits long for one that takes none any more.
            last.join(GRACE_MILLIS);
        }
        executor.shutdownNow();
    }

    private void closeSocket() {
        Socket last = socket;
        if (last != null) {
            try {
                last.close();
            } catch (IOException alreadyGone) {
                // Closed is all that it should be.
            }
        }
    }

    private static String reason(@Nullable Throwable failure) {
        // The client library puts what the server said into the cause of an exception without a text.
        Throwable told = failure;
        while (told != null && told.getMessage() == null) {
            told = told.getCause();
        }
        return told == null ? "it does not answer" : String.valueOf(told.getMessage());
    }

    private synchronized Connection await(Deadline deadline, int mostFailures) throws InterruptedException {
        while (true) {
            if (closed) {
                throw new ClosedException("The connection to " + connector.address() + " was closed");
            }
            Connection connection = current;
            if (connection != null && connection.isOpen()) {
                return connection;
            }
            if (deadline.passed() || failures >= mostFailures) {
                throw unavailable(lastFailure);
            }
            wait(Math.max(1, deadline.millisLeft()));
        }
    }

    private void keepConnected() {
        try {
            while (!isClosed()) {
                connectAndStay();
                pause(RECOVERY_INTERVAL);
            }
        } catch (InterruptedException ended) {
            // Nobody interrupts this thread but to end it.
            return;
        }
    }

    private void connectAndStay() throws InterruptedException {
        try {
            Connection connection =
                    connector.open(Thread.currentThread().getName(), this::newReader, executor, s -> socket = s);
            connection.addShutdownListener(cause -> wake());
            blocked = null;
            connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
            stay(connection);
            if (isClosed()) {
                // Not under the lock: the client's own thread needs it to tell of the end.
                connection.abort(200, "closed by the application", farewellMillis);
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            failed(e);
        }
    }

    private synchronized void stay(Connection connection) throws InterruptedException {
        current = connection;
        lastFailure = null;
        notifyAll();
        while (!closed && connection.isOpen()) {
            wait();
        }
        current = null;
        lastFailure = connection.getCloseReason();
    }

    private Thread newReader(Runnable work) {
        Thread thread = threads.helper(role + "-reader", work);
        reader = thread;
        return thread;
    }

    private synchronized void failed(Exception failure) {
        failures++;
        lastFailure = failure;
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
