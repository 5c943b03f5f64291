package org.brokertck.tck.history.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.history.Outcome;
import org.jspecify.annotations.Nullable;

/** A broker whose calls are recorded as a history. It adds nothing and hides nothing: what the broker throws is thrown on. */
public final class RecordedBroker {
    /** Where a group starts of which nobody said it, which is all that a broker without replay offers. */
    private final StartFrom startFrom;

    private final boolean replays;
    private final PartitionedBroker broker;
    private final Journal journal;
    private final AtomicInteger members;
    private final AtomicLong turns;

    /**
     * @param broker the broker under test
     * @param config how it was opened
     * @param replays whether groups may start at the earliest record
     */
    public RecordedBroker(PartitionedBroker broker, PartitionedConfig config, boolean replays) {
        this(broker, config.startFrom(), replays, new Journal(config), new AtomicInteger(), new AtomicLong());
    }

    private RecordedBroker(
            PartitionedBroker broker,
            StartFrom startFrom,
            boolean replays,
            Journal journal,
            AtomicInteger members,
            AtomicLong turns) {
        this.broker = broker;
        this.startFrom = replays ? startFrom : StartFrom.LATEST;
        this.replays = replays;
        this.journal = journal;
        this.members = members;
        this.turns = turns;
    }

    /** Another instance of the same broker, which shares its topics and groups: what happens there belongs to the same history. */
    public RecordedBroker beside(PartitionedBroker other) {
        return new RecordedBroker(other, startFrom, replays, journal, members, turns);
    }

    /** The broker itself, for calls that need no record. */
    public PartitionedBroker unrecorded() {
        return broker;
    }

    /** Creates a topic. */
    public void createTopic(String topic, int partitions) {
        broker.createTopic(topic, partitions);
        journal.topic(topic, partitions);
    }

    /** Produces on behalf of a producer with this name, and waits. */
    public Position produce(String producer, String topic, KeyedMessage message) {
        Object key = new Object();
        RecordProduce call = begin(key, producer, "", topic, message);
        try {
            Position position = broker.produce(topic, message);
            journal.note(key, call.ended(Outcome.OK, position, ""));
            return position;
        } catch (Throwable e) {
            journal.note(key, call.ended(outcome(e), null, e.toString()));
            throw e;
        }
    }

    /** Produces on behalf of a producer with this name, which is one thread, without waiting. */
    public CompletableFuture<Position> produceAsync(String producer, String topic, KeyedMessage message) {
        Object key = new Object();
        RecordProduce call = begin(key, producer, "without waiting, " + producer, topic, message);
        CompletableFuture<Position> future;
        try {
            future = broker.produceAsync(topic, message);
        } catch (Throwable e) {
            journal.note(key, call.ended(outcome(e), null, e.toString()));
            throw e;
        }
        return future.whenComplete((position, failure) -> journal.note(key, ended(call, position, failure)));
    }

    private static RecordProduce ended(RecordProduce call, @Nullable Position position, @Nullable Throwable failure) {
        if (failure == null) {
            return call.ended(Outcome.OK, position, "");
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return call.ended(outcome(cause), null, cause.toString());
    }

    /** Produces a batch on behalf of a producer with this name. */
    public List<Position> produceBatch(String producer, String topic, List<KeyedMessage> messages) {
        String lane = "batch " + turns.incrementAndGet();
        List<Object> keys = new ArrayList<>();
        List<RecordProduce> calls = new ArrayList<>();
        for (KeyedMessage message : messages) {
            Object key = new Object();
            keys.add(key);
            calls.add(begin(key, producer, lane, topic, message));
        }
        try {
            List<Position> positions = broker.produceBatch(topic, messages);
            for (int i = 0; i < calls.size(); i++) {
                Position position = i < positions.size() ? positions.get(i) : null;
                journal.note(keys.get(i), calls.get(i).ended(Outcome.OK, position, ""));
            }
            return positions;
        } catch (Throwable e) {
            for (int i = 0; i < calls.size(); i++) {
                journal.note(keys.get(i), calls.get(i).ended(outcome(e), null, e.toString()));
            }
            throw e;
        }
    }

    private RecordProduce begin(Object key, String producer, String lane, String topic, KeyedMessage message) {
        RecordProduce call = new RecordProduce(
                producer,
                lane,
                turns.incrementAndGet(),
                topic,
                message,
                System.nanoTime(),
                Long.MAX_VALUE,
                Outcome.PENDING,
                null,
                "");
        journal.note(key, call);
        return call;
    }

    private static Outcome outcome(Throwable failure) {
        return failure instanceof OperationTimeoutException ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    /** Joins a group that starts where the configuration says. */
    public RecordedMember subscribe(String topic, String group, RecordHandler handler) {
        RecordedMember member = member(topic, group, startFrom, handler);
        GroupMember opened = broker.subscribe(topic, group, member::handle);
        member.wrap(opened);
        return member;
    }

    /** Joins a group that starts there when it is new. */
    public RecordedMember subscribe(String topic, String group, StartFrom from, RecordHandler handler) {
        RecordedMember member = member(topic, group, replays ? from : StartFrom.LATEST, handler);
        GroupMember opened = broker.subscribe(topic, group, member::handle, from);
        member.wrap(opened);
        return member;
    }

    private RecordedMember member(String topic, String group, StartFrom from, RecordHandler handler) {
        return new RecordedMember("member-" + members.incrementAndGet(), topic, group, from, journal, handler);
    }

    /** Reads the metrics. */
    public PartitionedMetrics metrics() {
        long asked = System.nanoTime();
        PartitionedMetrics metrics = broker.metrics();
        journal.note(new BrokerSample(asked, System.nanoTime(), metrics));
        return metrics;
    }

    /** Reads what a group has committed. */
    public Map<Integer, Long> committed(String topic, String group) {
        long asked = System.nanoTime();
        Map<Integer, Long> committed = broker.committed(topic, group);
        journal.note(new CommitReading(topic, group, asked, System.nanoTime(), committed));
        return committed;
    }

    /** How many attempts have begun. */
    public int attempts() {
        return journal.attempts();
    }

    /** How many handlers run now. */
    public int running() {
        return journal.running();
    }

    /** How many times a group has used up its attempts at a record, which is then set aside. */
    public int exhausted() {
        return journal.exhausted();
    }

    /** Whether every record that is due to a group has been settled by it, no handler runs, and no outcome of a produce is awaited. */
    public boolean isSettled() {
        return journal.isSettled();
    }

    /** Waits for something in the history; looks again whenever something is recorded. False when it did not come in time. */
    public boolean await(BooleanSupplier condition, Duration limit) {
        return journal.await(condition, limit);
    }

    /** For how long nothing has happened. */
    public Duration still() {
        return journal.still();
    }

    /** What happened so far, with these dead letters. */
    public PartitionedHistory history(List<DeadRecord> deadRecords) {
        return journal.history(deadRecords);
    }
}
