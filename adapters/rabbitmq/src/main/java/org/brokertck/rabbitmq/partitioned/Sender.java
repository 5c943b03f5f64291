package org.brokertck.rabbitmq.partitioned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.partitioned.Position;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.brokertck.rabbitmq.connection.PublishLine;

/** The thread that sends records, batch by batch, and what becomes of them: read back, refused, or not heard of in time. */
final class Sender {
    /** By how much an overdue record may be given up late, so that many are looked at together. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LogParts parts;
    private final Outbox outbox;
    private final PublishLine line;
    private final Thread thread;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean stopped;

    Sender(LogParts parts, Outbox outbox) {
        this.parts = parts;
        this.outbox = outbox;
        // The streams are there, or their records come back as unroutable.
        this.line = new PublishLine(parts.publishing, parts.names.broker(), channel -> {}, parts.ledger);
        this.thread = parts.threads.helper("sender", this::run);
    }

    void start() {
        thread.start();
    }

    /** Has a record watched over that is in the outbox. */
    void watch(Pending pending) {
        CompletableFuture<Void> unused =
                pending.publication.outcome().thenAccept(outcome -> answered(pending, outcome));
        if (watching.compareAndSet(false, true)) {
            watchUntil(pending.until);
        }
    }

    /** A record of this instance was read at its place; the first time counts. */
    void seen(RecordCodec.Origin origin, long offset) {
        if (origin.instance() != parts.instance) {
            return;
        }
        Pending pending = outbox.settle(origin.number());
        if (pending != null) {
            parts.figures.produced(pending.topic, pending.valueSize, System.nanoTime() - pending.begun);
            Position position = new Position(pending.partition, offset);
            settle(pending, () -> pending.outcome.complete(position));
        }
    }

    /** What to throw when a record was not sent in time. */
    BrokerUnavailableException unavailable() {
        return line.unavailable();
    }

    /** What to throw when a record was sent and not seen in time; what follows takes a new channel, for the reason that the package tells. */
    BrokerException unknown(Pending pending) {
        line.renew();
        return new OperationTimeoutException("The outcome is unknown: " + pending + " was sent to " + parts.where()
                + ", and was not seen there in time. Producing it again may duplicate it");
    }

    /** The end. @return how many records were given up */
    int stop() {
        stopped = true;
        outbox.stop();
        thread.interrupt();
        List<Pending> left = new ArrayList<>(outbox.unsettled());
        left.sort(Comparator.comparingLong(it -> it.number));
        int given = 0;
        for (Pending pending : left) {
            boolean sent = !pending.publication.withdraw();
            given += fail(pending, sent ? unknown(pending) : parts.closed()) ? 1 : 0;
        }
        return given;
    }

    private void run() {
        try {
            for (List<Pending> batch = outbox.next(); batch != null; batch = outbox.next()) {
                send(batch);
            }
        } catch (InterruptedException | ClosedException end) {
            stopped = true;
        }
    }

    private void send(List<Pending> batch) throws InterruptedException {
        boolean some = false;
        for (Pending pending : batch) {
            if (pending.publication.waits()) {
                if (!some) {
                    // Before a record of it can be counted.
                    parts.figures.batch();
                    some = true;
                }
                line.publish(pending.publication, () -> stopped);
            }
        }
    }

    private void answered(Pending pending, Outcome outcome) {
        // A confirm does not tell the place, and a lost one leaves it open: both are told when the record is read back.
        if (outcome == Outcome.REFUSED || outcome == Outcome.UNROUTABLE) {
            line.renew();
            boolean unused = fail(
                    pending,
                    new BrokerUnavailableException("The record was not produced: " + parts.where()
                            + (outcome == Outcome.REFUSED ? " refused it" : " has the stream of its partition no more")
                            + ". Look into the server's log"));
        }
    }

    private void watchUntil(long moment) {
        try {
            Object unused = parts.timer.schedule(
                    this::giveUpOverdue, Math.max(0, moment - System.nanoTime()) + SLACK_NANOS, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The broker is at its end, and gives up all there are.
            watching.set(false);
        }
    }

    private void giveUpOverdue() {
        long now = System.nanoTime();
        for (Pending pending : outbox.unsettled()) {
            if (pending.until - now <= 0) {
                if (outbox.withdraw(pending)) {
                    failed(pending, line.unavailable());
                } else {
                    boolean unused = fail(pending, unknown(pending));
                }
            }
        }
        watching.set(false);
        Pending first = outbox.unsettled().stream()
                .min(Comparator.comparingLong(it -> it.until))
                .orElse(null);
        if (first != null && watching.compareAndSet(false, true)) {
            watchUntil(first.until);
        }
    }

    /** The call takes its record back. @return false when it may have been sent, or has its outcome */
    boolean takeBack(Pending pending) {
        boolean taken = outbox.withdraw(pending);
        if (taken) {
            parts.figures.produceFailed();
            outbox.completed();
        }
        return taken;
    }

    private boolean fail(Pending pending, BrokerException failure) {
        if (outbox.settle(pending.number) == null) {
            return false;
        }
        failed(pending, failure);
        return true;
    }

    private void failed(Pending pending, BrokerException failure) {
        parts.figures.produceFailed();
        settle(pending, () -> pending.outcome.completeExceptionally(failure));
    }

    /** What hangs on the futures of users must hold up nobody here. */
    private void settle(Pending pending, Runnable completion) {
        Runnable both = () -> {
            completion.run();
            outbox.completed();
        };
        if (!pending.isShared()) {
            both.run();
            return;
        }
        try {
            parts.handlers.execute(both);
        } catch (RejectedExecutionException atTheEnd) {
            both.run();
        }
    }
}
