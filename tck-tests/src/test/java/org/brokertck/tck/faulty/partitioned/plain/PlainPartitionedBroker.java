package org.brokertck.tck.faulty.partitioned.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.reference.time.SystemTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A correct partitioned broker with one lock, made to be read and to be broken: each decision is a method that a variant overrides.
 * All but the public methods of the contract are called under the lock, unless they say otherwise.
 */
public class PlainPartitionedBroker extends PlainDelivering {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    /** How long threads may take to die once nothing keeps them, and when a handler does. */
    private static final long LEAVING_MILLIS = 5_000;

    private static final long GRACE_MILLIS = 200;

    private ShutdownReport report = ShutdownReport.CLEAN;
    private @Nullable PartitionedMetrics lastMetrics;

    /** Opens the broker, with what is in its store. */
    public PlainPartitionedBroker(Opening opening) {
        super(opening);
    }

    // ---- reading

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        checkName("topic", topic);
        if (from < 0) {
            throw new IllegalArgumentException("from is " + from + ": it must be 0 or more");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        return locked(() -> {
            requireUsable(config().produceTimeout());
            Topic there = topic(topic);
            if (partition < 0 || partition >= there.size()) {
                throw new IllegalArgumentException(
                        "partition is " + partition + ": topic '" + topic + "' has " + there.size());
            }
            return readFrom(there.partitions().get(partition), from, limit);
        });
    }

    /** Reads the log. */
    protected List<PartitionRecord> readFrom(Partition partition, long from, int limit) {
        List<PartitionRecord> read = new ArrayList<>();
        long offset = Math.max(from, partition.first());
        for (PartitionRecord it = partition.at(offset);
                it != null && read.size() < limit;
                it = partition.at(++offset)) {
            read.add(it);
        }
        return read;
    }

    // ---- metrics

    @Override
    public PartitionedMetrics metrics() {
        return locked(() -> lastMetrics == null ? snapshot() : lastMetrics);
    }

    /** The figures now. */
    protected PartitionedMetrics snapshot() {
        Map<String, Integer> partitions = new TreeMap<>();
        store().topics.values().forEach(it -> partitions.put(it.name(), it.size()));
        return meters.snapshot(time().nanoTime(), connections(), partitions);
    }

    /** Open connections; members, where there is no server. */
    protected int connections() {
        return members.size();
    }

    // ---- shutting down

    @Override
    public void close() {
        shutdown(config().drainTimeout());
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        if (Objects.requireNonNull(deadline, "deadline").isNegative()) {
            throw new IllegalArgumentException("deadline is " + deadline + ": it must be 0 or more");
        }
        Set<Thread> threads = new HashSet<>();
        boolean awaited = locked(() -> {
            workers.forEach(it -> threads.add(it.thread()));
            beginClosing(deadline);
            workers.forEach(it -> threads.add(it.thread()));
            if (workers.stream().anyMatch(it -> it.thread() == Thread.currentThread())) {
                return false;
            }
            if (!awaitEnd(() -> ended)) {
                cutOff();
            }
            return true;
        });
        if (awaited) {
            boolean interrupted = Thread.interrupted();
            threads.forEach(this::join);
            joinSender();
            if (time() instanceof SystemTimeSource own) {
                own.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while shutting broker '" + name()
                        + "' down: it is shut down all the same, and the handlers that still ran were interrupted");
            }
        }
        return locked(this::report);
    }

    /** What a shutdown tells. */
    protected ShutdownReport report() {
        return report;
    }

    /** From here on no handler starts, and what was accepted is sent at once. */
    protected void beginClosing(Duration deadline) {
        if (closing) {
            return;
        }
        closing = true;
        List.copyOf(members).forEach(this::leave);
        store().topics.values().forEach(it -> it.room.signalAll());
        flushRipe();
        toSend.signalAll();
        if (!ended && deadline.isZero()) {
            awaitIdleWorkers();
            cutOff();
        } else if (!ended) {
            time().schedule(
                            bounded(deadline),
                            () -> locked(() -> {
                                cutOff();
                                return true;
                            }));
        }
    }

    /** What can be counted in nanoseconds. */
    protected Duration bounded(Duration deadline) {
        return deadline.compareTo(LONGEST) < 0 ? deadline : LONGEST;
    }

    /** Those without a handler are gone in a moment. */
    private void awaitIdleWorkers() {
        awaitEnd(() -> workers.stream().allMatch(it -> it.busy));
    }

    @Override
    protected void afterFlush() {
        if (closing && !ended && gathered.isEmpty() && sending.isEmpty() && workers.isEmpty()) {
            end();
        }
    }

    /** Interrupts what still runs, and ends. */
    protected void cutOff() {
        if (ended) {
            return;
        }
        List<Pending> unsent = new ArrayList<>(sending);
        unsent.addAll(gathered);
        unsent.removeIf(it -> it.withdrawn || it.appended);
        unsent.forEach(it ->
                fail(it, new ClosedException("Broker '" + name() + "' was shut down before it could send the record")));
        gathered.forEach(this::release);
        gathered.clear();
        List<Worker> running = workers.stream().filter(it -> it.busy).toList();
        report = new ShutdownReport(unsent.size(), running.size());
        running.forEach(it -> it.member().cutOff = true);
        running.forEach(Worker::interruptHandler);
        end();
    }

    /** What is uncommitted now stays so. */
    protected void end() {
        lastMetrics = snapshot();
        ended = true;
        toSend.signalAll();
        store().changed.signalAll();
        if (time() instanceof SystemTimeSource own) {
            own.shutdown();
        }
    }

    private void joinSender() {
        Thread thread = locked(this::sender);
        if (thread != null && thread != Thread.currentThread()) {
            joinFor(thread, LEAVING_MILLIS);
        }
    }

    /** Not for long where a handler does not heed its interrupt. */
    @Override
    protected void join(Worker worker) {
        join(worker.thread());
    }

    private void join(Thread thread) {
        boolean held = locked(() -> workers.stream().anyMatch(it -> it.thread() == thread && it.busy));
        joinFor(thread, held ? GRACE_MILLIS : LEAVING_MILLIS);
    }

    private static void joinFor(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
