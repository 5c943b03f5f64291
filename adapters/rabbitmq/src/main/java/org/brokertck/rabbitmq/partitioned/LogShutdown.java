package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.rabbitmq.connection.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a broker, on a thread of its own, since a handler may ask for it that the end must wait for. */
final class LogShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(LogShutdown.class);
    /** For what the server must still hear in the end. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    /** For what should take no time, such as an interrupted handler to return. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** For the server to take leave of the connections. */
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private final LogParts parts;
    private final Outbox outbox;
    private final Sender sender;
    private final Tails tails;
    private final Presence presence;
    private final Coordinator coordinator;
    private final Runnable onClosed;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile Deadline deadline = Deadline.in(Duration.ZERO);
    private volatile ShutdownReport report = ShutdownReport.CLEAN;

    /** @param onClosed is run in the end */
    LogShutdown(
            LogParts parts,
            Outbox outbox,
            Sender sender,
            Tails tails,
            Presence presence,
            Coordinator coordinator,
            Runnable onClosed) {
        this.parts = parts;
        this.outbox = outbox;
        this.sender = sender;
        this.tails = tails;
        this.presence = presence;
        this.coordinator = coordinator;
        this.onClosed = onClosed;
        this.thread = parts.threads.helper("closer", this::run);
    }

    ShutdownReport shutdown(Duration time) {
        if (Objects.requireNonNull(time, "deadline").isNegative()) {
            throw new IllegalArgumentException("deadline is " + time + ": it must be 0 or more");
        }
        if (begun.compareAndSet(false, true)) {
            deadline = Deadline.in(time);
            parts.beginClosing();
            outbox.flush();
            tails.close();
            thread.start();
        }
        if (coordinator.members().stream().noneMatch(Member::isHandlerThread)) {
            await();
        }
        return report;
    }

    private void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            awaitInHurry();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while shutting broker '" + parts.names.broker()
                            + "' down: it is shut down all the same",
                    e);
        }
    }

    /** Short, since nothing is waited for any more; so a further interrupt does not end it. */
    private void awaitInHurry() {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                LOG.debug("Interrupted again while shutting broker {} down", parts.names.broker());
            }
        }
    }

    private void run() {
        List<Member> members = coordinator.members();
        members.forEach(Member::beginLeaving);
        try {
            for (Member member : members) {
                boolean unused = member.awaitHandlers(deadline);
            }
            boolean unused = outbox.awaitEmpty(Math.max(0, deadline.nanosLeft()));
        } catch (InterruptedException e) {
            LOG.debug("The shutdown of broker {} is in a hurry", parts.names.broker());
        }
        int interrupted = members.stream().mapToInt(Member::cutOff).sum();
        int unflushed = sender.stop();
        awaitLeft(members);
        report = new ShutdownReport(unflushed, interrupted);
        stopAll();
        onClosed.run();
    }

    /** The commits of what was handled, and the release of partitions, are under way. */
    private void awaitLeft(List<Member> members) {
        boolean unusedFlag = Thread.interrupted();
        if (parts.openConnections() == 0) {
            return;
        }
        Deadline end = Deadline.in(TIMEOUT);
        try {
            for (Member member : members) {
                boolean unused = Member.await(member.left(), end);
            }
        } catch (InterruptedException e) {
            LOG.debug("The shutdown of broker {} is in a hurry", parts.names.broker());
        }
    }

    private void stopAll() {
        boolean unused = Thread.interrupted();
        List.of(parts.feeder.loop(), presence.loop(), coordinator.loop()).forEach(Loop::stop);
        parts.journal.stop();
        parts.desk.close();
        parts.timer.shutdownNow();
        parts.handlers.shutdown();
        Deadline end = Deadline.in(GRACE);
        try {
            terminate(parts.handlers, end);
            // Together, so that a server that stands still is waited for once.
            parts.publishing.beginClosing(FAREWELL);
            parts.receiving.beginClosing(FAREWELL);
            parts.receiving.close();
            parts.publishing.close();
            if (!parts.threads.join(Deadline.in(GRACE))) {
                LOG.warn("A thread of broker {} outlives its end", parts.names.broker());
            }
        } catch (InterruptedException e) {
            List<Runnable> unusedToo = parts.handlers.shutdownNow();
            parts.receiving.beginClosing();
            parts.publishing.beginClosing();
        }
    }

    private static void terminate(ExecutorService threads, Deadline end) throws InterruptedException {
        if (!threads.awaitTermination(Math.max(1, end.nanosLeft()), TimeUnit.NANOSECONDS)) {
            List<Runnable> unused = threads.shutdownNow();
            boolean unusedToo = threads.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
