package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.Position;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends batches, one after the other, each until its outcome is known: a batch that is cut off is sent again under
 * its number, which appends nothing twice. When all who wait for it have given up, the server is asked instead, and what it does not
 * know yet it will refuse.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final LogParts parts;
    private final Outbox outbox;
    private final Thread thread;
    private final Patience patience = new Patience();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private long batches;

    Sender(LogParts parts, Outbox outbox) {
        this.parts = parts;
        this.outbox = outbox;
        this.thread = new Thread(this::run, parts.threadName("sender"));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Breaks off. @return how many records whose calls had returned are lost by it */
    long stop(Duration grace) throws InterruptedException {
        stopping.countDown();
        List<Pending> left = outbox.stop();
        thread.interrupt();
        thread.join(Math.max(1, grace.toMillis()));
        long lost = 0;
        for (Pending pending : left) {
            if (!pending.outcome.isDone()) {
                boolean surely = outbox.withdraw(pending);
                fail(pending, surely ? parts.lifecycle().closed() : unknown(pending, null));
                lost += pending.accepted ? 1 : 0;
            }
        }
        return lost;
    }

    private boolean isStopped() {
        return stopping.getCount() == 0;
    }

    private void run() {
        try {
            while (!isStopped()) {
                Batch batch = outbox.next(++batches, this::noRoom);
                if (batch != null) {
                    deliver(batch);
                }
            }
        } catch (InterruptedException e) {
            // The end.
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Batch batch) throws InterruptedException {
        boolean left = false;
        while (!isStopped() && outbox.send(batch)) {
            boolean awaited = batch.records().stream().anyMatch(it -> !it.outcome.isDone());
            try {
                Duration time = timeFor(batch);
                Wire wire = parts.wires().connected(Wires.Use.PRODUCE, Deadline.in(time));
                if (awaited || !left) {
                    settle(
                            batch,
                            parts.server()
                                    .produce(wire, time, batch, parts.config().partitionCapacity()));
                } else {
                    resolved(batch, parts.server().resolve(wire, time, batch));
                }
                patience.reset();
                return;
            } catch (RedisFailure e) {
                left |= e.kind() == Kind.LOST;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (e.kind() == Kind.REFUSED && !e.isPassing() && !left) {
                    refuse(batch, e);
                    return;
                }
                LOG.debug("A batch of broker {} waits for Redis ({})", parts.broker(), e.text());
                giveUp(batch, left, e);
                boolean unused = stopping.await(patience.next().toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Until the last one who waits for it gives up; for nobody, one try. */
    private static Duration timeFor(Batch batch) {
        long now = System.nanoTime();
        long nanos = batch.records().stream()
                .mapToLong(it -> it.serverUntil - now)
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(LogParts.LEAST_FOR_SERVER.toNanos(), nanos));
    }

    private void settle(Batch batch, BatchAnswer answer) {
        List<Pending> records = List.copyOf(batch.records());
        List<Runnable> later = new ArrayList<>();
        boolean some = false;
        for (int i = 0; i < records.size(); i++) {
            Pending pending = records.get(i);
            long offset = answer.offsets().get(i);
            if (offset != BatchAnswer.FULL) {
                some = true;
                taken(pending);
                Position position = new Position(pending.line.partition, offset);
                if (pending.accepted) {
                    later.add(() -> pending.outcome.complete(position));
                } else {
                    boolean unused = pending.outcome.complete(position);
                }
            }
        }
        if (some) {
            parts.figures().batch();
        }
        outbox.settle(batch, answer).forEach(this::noRoom);
        complete(later);
    }

    /** What hangs on the futures of users must not hold up the next batch. */
    private void complete(List<Runnable> later) {
        if (later.isEmpty()) {
            return;
        }
        try {
            parts.handlers().execute(() -> later.forEach(Runnable::run));
        } catch (RejectedExecutionException e) {
            later.forEach(Runnable::run);
        }
    }

    /** Nobody waits for it any more; what was taken counts all the same. */
    private void resolved(Batch batch, @Nullable BatchAnswer answer) {
        for (int i = 0; answer != null && i < batch.records().size(); i++) {
            if (answer.offsets().get(i) != BatchAnswer.FULL) {
                taken(batch.records().get(i));
            }
        }
        outbox.drop(batch);
    }

    private void refuse(Batch batch, RedisFailure failure) {
        List<Pending> records = List.copyOf(batch.records());
        outbox.drop(batch);
        records.forEach(pending -> fail(pending, parts.failures().unavailable(failure, asked(pending))));
    }

    private void giveUp(Batch batch, boolean left, RedisFailure failure) {
        if (!left) {
            outbox.unsend(batch);
        }
        for (Pending pending : outbox.overdue(batch)) {
            fail(pending, parts.failures().unavailable(failure, asked(pending)));
        }
        if (left) {
            long now = System.nanoTime();
            for (Pending pending : batch.records()) {
                if (!pending.waitsForServer(now)) {
                    fail(pending, unknown(pending, failure));
                }
            }
        }
    }

    private void noRoom(Pending pending) {
        if (parts.lifecycle().isClosing()) {
            fail(pending, parts.lifecycle().closed());
            return;
        }
        fail(
                pending,
                new QueueFullException(
                        "Partition %d of topic '%s' holds %d records that some group has yet to handle, and no room was made within %s: let the groups catch up, then try again."
                                .formatted(
                                        pending.line.partition,
                                        pending.line.topic,
                                        parts.config().partitionCapacity(),
                                        parts.config().produceTimeout())));
    }

    /** The record is on the server. */
    void taken(Pending pending) {
        if (pending.count()) {
            parts.figures().produced(pending.line.topic, pending.valueSize, System.nanoTime() - pending.begun);
        }
    }

    private void fail(Pending pending, BrokerException failure) {
        if (pending.outcome.isDone()) {
            return;
        }
        parts.figures().produceFailed();
        if (pending.accepted) {
            complete(List.of(() -> pending.outcome.completeExceptionally(failure)));
        } else {
            boolean unused = pending.outcome.completeExceptionally(failure);
        }
    }

    private BrokerException unknown(Pending pending, @Nullable RedisFailure failure) {
        RedisFailure why = failure != null ? failure : new RedisFailure(Kind.LOST, "the broker was shut down", null);
        return parts.failures().unknown(why, asked(pending));
    }

    private static String asked(Pending pending) {
        return "produce to topic '" + pending.line.topic + "'";
    }
}
