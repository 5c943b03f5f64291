package org.brokertck.tck.faulty.partitioned.plain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The producers' half of the plain broker: topics, partitions and batches. An accepted record is gathered; a batch of them is sent
 * when it is full or its first record has lingered long enough, by the one thread that also tells the producers.
 */
public abstract class PlainProducing implements PartitionedBroker {
    /** What the instance counted. */
    protected final Meters meters;

    /** Whether a shutdown has begun. */
    protected boolean closing;

    /** Whether no outcome counts any more. */
    protected boolean ended;

    /** What was accepted and is not yet sent, in order. */
    protected final ArrayDeque<Pending> gathered = new ArrayDeque<>();

    /** The batch that is being sent. */
    protected final List<Pending> sending = new ArrayList<>();

    /** Signalled when the sender has something to do. */
    protected final Condition toSend;

    private final Opening opening;
    private final ArrayDeque<Runnable> toTell = new ArrayDeque<>();
    private @Nullable Thread sender;
    private int turn;

    PlainProducing(Opening opening) {
        this.opening = opening;
        this.meters = new Meters(opening.config().rateWindow());
        this.toSend = opening.store().lock.newCondition();
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final PartitionedConfig config() {
        return opening.config();
    }

    /** The contents. */
    protected final Store store() {
        return opening.store();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** Runs a step under the lock. */
    protected final <T> T locked(Supplier<T> step) {
        store().lock.lock();
        try {
            return step.get();
        } finally {
            store().lock.unlock();
        }
    }

    /** Refuses calls to a broker that is shut down. */
    protected void requireOpen() {
        if (closing) {
            throw new ClosedException("Broker '" + name() + "' is shut down: open a new one");
        }
    }

    /** Refuses calls to a broker that cannot serve them now. */
    protected void requireUsable(Duration patience) {
        requireOpen();
    }

    // ---- topics

    @Override
    public void createTopic(String topic, int partitions) {
        checkName("topic", topic);
        checkPartitions(partitions);
        locked(() -> {
            requireUsable(config().produceTimeout());
            Topic there = store().topics.get(topic);
            if (there == null) {
                store().topics.put(topic, new Topic(topic, partitions, store().lock));
            } else {
                requireSameSize(there, partitions);
            }
            return true;
        });
    }

    /** Refuses what is no number of partitions. */
    protected void checkPartitions(int partitions) {
        if (partitions < 1 || partitions > PartitionedConfig.MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": it must be from 1 to " + PartitionedConfig.MOST_PARTITIONS);
        }
    }

    /** Refuses another number of partitions than a topic has. */
    protected void requireSameSize(Topic topic, int partitions) {
        if (topic.size() != partitions) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ": topic '" + topic.name() + "' has " + topic.size() + " already");
        }
    }

    /** Refuses what is no name. */
    protected void checkName(String argument, String name) {
        Objects.requireNonNull(name, argument);
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(argument + " is '" + name
                    + "': it must be 1 to 100 letters, digits, dots, hyphens and underscores");
        }
    }

    /** The topic of that name. */
    protected Topic topic(String name) {
        Topic topic = store().topics.get(name);
        if (topic == null) {
            throw new UnknownTopicException("Broker '" + name() + "' has no topic '" + name + "': create it first");
        }
        return topic;
    }

    // ---- producing

    @Override
    public Position produce(String topic, KeyedMessage message) {
        return awaitAll(accepted(topic, List.of(checked(message, "message")))).get(0);
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        return accepted(topic, List.of(checked(message, "message"))).get(0).future();
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(messages, "messages");
        messages.forEach(it -> checked(it, "a message in messages"));
        return produceAll(topic, List.copyOf(messages));
    }

    /** Produces a batch whose records are all valid. */
    protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
        boolean fits = messages.size() <= config().partitionCapacity();
        if (fits) {
            return awaitAll(accepted(topic, messages));
        }
        List<Pending> soFar = new ArrayList<>();
        try {
            messages.forEach(it -> soFar.addAll(accepted(topic, List.of(it))));
        } catch (BrokerException refusal) {
            if (soFar.isEmpty()) {
                throw refusal;
            }
            awaitAll(soFar);
            throw new OperationTimeoutException(
                    "Only the first " + soFar.size() + " of " + messages.size() + " records are there", refusal);
        }
        return awaitAll(soFar);
    }

    /** A message that may be produced. */
    protected KeyedMessage checked(KeyedMessage message, String argument) {
        Objects.requireNonNull(message, argument);
        try {
            checkSize(message);
        } catch (MessageTooLargeException refusal) {
            locked(() -> counted(false));
            throw refusal;
        }
        return message;
    }

    /** Refuses what is too large. */
    protected void checkSize(KeyedMessage message) {
        if (message.valueSize() > opening.limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The value has " + message.valueSize() + " bytes, and broker '" + name()
                    + "' takes " + opening.limits().maxPayloadBytes() + " at most");
        }
        long headers = message.headers().entrySet().stream()
                .mapToLong(it -> bytes(it.getKey()) + bytes(it.getValue()))
                .sum();
        if (headers > opening.limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headers + " bytes, and broker '" + name()
                    + "' takes " + opening.limits().maxHeaderBytes() + " at most");
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Takes records in, all at once, when there is room for all. */
    protected List<Pending> accepted(String topicName, List<KeyedMessage> messages) {
        Objects.requireNonNull(topicName, "topic");
        long start = time().nanoTime();
        return locked(() -> {
            requireOpen();
            try {
                Topic topic = topic(topicName);
                List<Partition> partitions =
                        messages.stream().map(it -> chosen(topic, it)).toList();
                awaitRoom(topic, partitions);
                List<Pending> accepted = new ArrayList<>();
                for (int i = 0; i < messages.size(); i++) {
                    accepted.add(accept(partitions.get(i), messages.get(i), start));
                }
                return accepted;
            } catch (QueueFullException | UnknownTopicException | OperationInterruptedException refusal) {
                counted(false);
                throw refusal;
            }
        });
    }

    /** Where a message goes. */
    protected Partition chosen(Topic topic, KeyedMessage message) {
        int number = message.key() == null ? withoutKey(topic) : ofKey(message.key(), topic.size());
        return topic.partitions().get(number);
    }

    /** The partition of a key. */
    protected int ofKey(String key, int partitions) {
        return KeyHash.partition(key, partitions);
    }

    /** The partition of a record that has no key. */
    protected int withoutKey(Topic topic) {
        return Math.floorMod(turn++, topic.size());
    }

    /** Waits until there is room in all these partitions. */
    protected void awaitRoom(Topic topic, List<Partition> partitions) {
        long deadline = time().nanoTime() + config().produceTimeout().toNanos();
        boolean inTime = true;
        while (!hasRoom(partitions)) {
            if (!inTime) {
                throw new QueueFullException("Topic '" + topic.name() + "' of broker '" + name() + "' holds "
                        + config().partitionCapacity() + " unhandled records in a partition: it is full");
            }
            try {
                inTime = time().awaitUntil(store().lock, topic.room, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "Interrupted while waiting for room in topic '" + topic.name() + "'", e);
            }
            requireOpen();
        }
    }

    private boolean hasRoom(List<Partition> partitions) {
        return partitions.size() == 1
                ? hasRoom(partitions.get(0), 1)
                : partitions.stream().distinct().allMatch(it -> hasRoom(it, count(partitions, it)));
    }

    private static int count(List<Partition> partitions, Partition partition) {
        return (int) partitions.stream().filter(it -> it == partition).count();
    }

    /** Whether so many more fit. */
    protected boolean hasRoom(Partition partition, int records) {
        return partition.taken() + records <= config().partitionCapacity();
    }

    /** Takes a record in. */
    protected Pending accept(Partition partition, KeyedMessage message, long startNanos) {
        Pending pending = new Pending(partition, stored(message), startNanos, time().nanoTime());
        partition.promised++;
        gathered.addLast(pending);
        startSender();
        if (isRipe()) {
            toSend.signal();
        } else if (gathered.size() == 1) {
            arm();
        }
        return pending;
    }

    /** What is kept of a message. */
    protected KeyedMessage stored(KeyedMessage message) {
        return message;
    }

    // ---- batches

    private void startSender() {
        if (sender == null) {
            sender = new Thread(this::send, "plain-" + name() + "-sender");
            sender.setDaemon(true);
            sender.start();
        }
    }

    private void send() {
        for (List<Runnable> tell = nextToTell(); !tell.isEmpty(); tell = nextToTell()) {
            tell.forEach(Runnable::run);
        }
    }

    private List<Runnable> nextToTell() {
        return locked(() -> {
            flushRipe();
            while (toTell.isEmpty() && !(closing && gathered.isEmpty())) {
                toSend.awaitUninterruptibly();
                flushRipe();
            }
            List<Runnable> all = List.copyOf(toTell);
            toTell.clear();
            return all;
        });
    }

    /** Whether a batch is to be sent now. */
    protected boolean isRipe() {
        return !gathered.isEmpty() && (closing || gathered.size() >= config().batchSize() || lingered());
    }

    /** Whether the batch has waited long enough. */
    protected boolean lingered() {
        return time().nanoTime() - gathered.getFirst().acceptedNanos() >= linger().toNanos();
    }

    /** How long a record waits for others. */
    protected Duration linger() {
        return config().linger();
    }

    /** Sends what is ripe. */
    protected void flushRipe() {
        boolean flushed = false;
        while (isRipe()) {
            for (int i = 0; i < config().batchSize() && !gathered.isEmpty(); i++) {
                sending.add(gathered.removeFirst());
            }
            send(sending);
            sending.clear();
            flushed = true;
        }
        if (flushed) {
            arm();
        }
        afterFlush();
    }

    /** Something was sent, or nothing needed to be. */
    protected abstract void afterFlush();

    /** For a first record that was not ripe when last looked at; it may be by now, and nobody looks again but for this. */
    private void arm() {
        if (!gathered.isEmpty()) {
            time().schedule(
                            Duration.ofNanos(Math.max(0, untilLingered())),
                            () -> locked(() -> {
                                lingerOver();
                                return true;
                            }));
        }
    }

    private long untilLingered() {
        return gathered.getFirst().acceptedNanos() + linger().toNanos() - time().nanoTime();
    }

    /** The first record has lingered. */
    protected void lingerOver() {
        flushRipe();
        if (!gathered.isEmpty() && untilLingered() > 0) {
            arm(); // The first record was withdrawn, and another one is the first now.
        }
        toSend.signal();
    }

    /** Sends a batch. */
    protected void send(List<Pending> batch) {
        meters.batches++;
        batch.forEach(this::append);
    }

    /** Appends a record, and has its producer told. */
    protected void append(Pending it) {
        Partition partition = it.partition();
        release(it);
        if (it.withdrawn) {
            return;
        }
        it.appended = true;
        Position position = new Position(partition.number(), partition.next());
        partition.append(record(partition, position, it));
        while (partition.size() > config().partitionCapacity() && partition.first() < partition.handled()) {
            partition.forgetOldest();
        }
        partition
                .topic()
                .allGroups()
                .forEach(group -> group.slot(partition.number()).work.signal());
        produced(it);
        Position told = told(partition, position);
        tell(() -> it.future().complete(told));
    }

    /** The record as it lies in its partition. */
    protected PartitionRecord record(Partition partition, Position position, Pending pending) {
        return PartitionRecord.of(
                partition.topic().name(), position, time().now().toEpochMilli(), pending.message());
    }

    /** What the producer is told. */
    protected Position told(Partition partition, Position position) {
        return position;
    }

    /** Has a producer told by the sender. */
    protected void tell(Runnable told) {
        toTell.addLast(told);
        toSend.signal();
    }

    /** Refuses a record that was accepted. */
    protected void fail(Pending pending, RuntimeException refusal) {
        pending.withdrawn = true;
        counted(false);
        tell(() -> pending.future().completeExceptionally(refusal));
    }

    /** Gives up the place that a record was promised. */
    protected void release(Pending pending) {
        pending.partition().promised--;
        pending.partition().topic().room.signalAll();
    }

    /** Counts a produce. */
    protected void produced(Pending pending) {
        int bytes = pending.message().valueSize();
        Meters.Counts counts = meters.of(pending.partition().topic().name());
        counts.produced++;
        counts.bytesProduced += bytes;
        Meters.Share now = meters.now(time().nanoTime());
        now.records++;
        now.bytes += bytes;
        now.calls++;
        meters.took(time().nanoTime() - pending.startNanos());
    }

    /** Counts a produce that was refused, or an attempt of a handler. */
    protected boolean counted(boolean succeeded) {
        Meters.Share now = meters.now(time().nanoTime());
        now.calls++;
        now.failures += succeeded ? 0 : 1;
        return succeeded;
    }

    // ---- waiting for what was accepted

    /** Waits for all, in order. */
    protected List<Position> awaitAll(List<Pending> all) {
        List<Position> positions = new ArrayList<>();
        @Nullable RuntimeException refusal = null;
        boolean interrupted = false;
        for (Pending it : all) {
            try {
                positions.add(it.future().get());
            } catch (InterruptedException e) {
                interrupted = true;
                if (locked(() -> withdraw(all))) {
                    Thread.currentThread().interrupt();
                    throw new OperationInterruptedException(
                            "Interrupted while producing to broker '" + name() + "'", e);
                }
                positions.add(it.future().join());
            } catch (ExecutionException e) {
                refusal = refusal == null ? (RuntimeException) Objects.requireNonNull(e.getCause()) : refusal;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (refusal != null) {
            throw positions.isEmpty()
                    ? refusal
                    : new OperationTimeoutException("Some of " + all.size() + " records are there", refusal);
        }
        return positions;
    }

    /** Takes records back of which none was sent. */
    protected boolean withdraw(List<Pending> all) {
        if (all.stream().anyMatch(it -> it.appended)) {
            return false;
        }
        for (Pending it : all) {
            it.withdrawn = true;
            if (gathered.remove(it)) {
                release(it);
            }
        }
        counted(false);
        return true;
    }

    /** The thread that sends; null when nothing was produced. */
    protected final @Nullable Thread sender() {
        return sender;
    }
}
