package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.KeysInOrder;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.check.partitioned.StartedWhereTold;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A new group starts where it is told to, and the log can be read again. */
public interface ReplayRules extends PartitionedRules {
    @Test
    @Verifies("L-12")
    default void aNewGroupStartsWhereItIsTold() {
        startGroups(3, 12, 9);
    }

    @Property
    @Verifies("L-12")
    default void groupsStartWhereTheyAreToldWheneverTheyCome(
            @ForAll @IntRange(min = 1, max = 5) int partitions,
            @ForAll @IntRange(max = 15) int before,
            @ForAll @IntRange(max = 15) int after) {
        startGroups(partitions, before, after);
    }

    /** Groups that start at either end come before, between and after the records, each with a second member of another opinion. */
    private void startGroups(int partitions, int before, int after) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", partitions)) {
            join(broker, "first");
            broker.produceAll(Records.spread("before-", before));
            join(broker, "between");
            broker.produceAll(Records.spread("after-", after));
            join(broker, "last");
            // Whoever is given too much is given it before these.
            broker.produceAll(Records.spread("sentinel-", 3 * partitions));
            broker.judgeSettled(new StartedWhereTold()
                    .and(new NothingLost())
                    .and(new HandledOnce())
                    .and(new KeysInOrder()));
        }
    }

    private static void join(BrokerUnderTest broker, String when) {
        for (StartFrom from : StartFrom.values()) {
            String group = when + "-" + from;
            broker.subscribe(group, from, record -> {});
            broker.subscribe(group, from == StartFrom.LATEST ? StartFrom.EARLIEST : StartFrom.LATEST, record -> {});
        }
    }

    @Test
    @Verifies("L-12")
    default void theConfigurationSaysWhereNewGroupsStart() {
        for (StartFrom from : StartFrom.values()) {
            try (BrokerUnderTest broker = BrokerUnderTest.open(
                    this, "L-12", 2, config().startFrom(from).build())) {
                broker.produceAll(Records.spread("before-", 6));
                broker.subscribe(record -> {});
                broker.produceAll(Records.spread("after-", 12));
                broker.judgeSettled(new StartedWhereTold().and(new NothingLost()));
            }
        }
    }

    /** A group that came back is not new: where it says that it would start does not matter. */
    @Test
    @Verifies("L-12")
    default void aGroupThatWasThereDoesNotStartAnew() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", 2)) {
            for (StartFrom from : StartFrom.values()) {
                RecordedMember member = broker.subscribe("group", StartFrom.EARLIEST, record -> {});
                broker.produceAll(Records.spread("with-" + from + "-", 6));
                broker.awaitSettled();
                broker.leave(member);
                broker.produceAll(Records.spread("without-" + from + "-", 6));
                RecordedMember back = broker.subscribe("group", from, record -> {});
                broker.awaitSettled();
                broker.leave(back);
            }
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
        }
    }

    /** A group is there from its first subscription on, whether it has handled anything or not. */
    @Test
    @Verifies("L-12")
    default void aGroupThatLeftBeforeItHandledAnythingDoesNotStartAnew() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", 2)) {
            broker.leave(broker.subscribe("early", StartFrom.EARLIEST, record -> {}));
            broker.leave(broker.subscribe("late", StartFrom.LATEST, record -> {}));
            broker.produceAll(Records.spread("away-", 6));
            broker.subscribe("early", StartFrom.LATEST, record -> {});
            broker.subscribe("late", StartFrom.LATEST, record -> {});
            broker.produceAll(Records.spread("there-", 6));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()).and(new KeysInOrder()));
        }
    }

    @Test
    @Verifies("L-12")
    default void theLogCanBeReadAgain() {
        readAgain(3, 20, 4);
    }

    /** A limit is no size: nobody makes room for so many. */
    @Test
    @Verifies("L-12")
    default void theLogCanBeReadWithTheLargestLimit() {
        readAgain(2, 5, Integer.MAX_VALUE);
    }

    @Property
    @Verifies("L-12")
    default void theLogCanBeReadFromAnyOffset(
            @ForAll @IntRange(min = 1, max = 4) int partitions,
            @ForAll @IntRange(max = 20) int records,
            @ForAll @IntRange(min = 1, max = 25) int limit) {
        readAgain(partitions, records, limit);
    }

    private void readAgain(int partitions, int records, int limit) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", partitions)) {
            broker.subscribe(record -> {});
            List<KeyedMessage> messages = Records.spread("r-", records);
            broker.produceAll(messages);
            broker.judgeSettled(new NothingLost());
            int read = 0;
            for (int partition = 0; partition < partitions; partition++) {
                List<PartitionRecord> log = readAll(broker, partition, 0, limit);
                requireLog(broker, log, partition, 0);
                for (int from = 0; from <= log.size(); from++) {
                    List<PartitionRecord> rest = readAll(broker, partition, from, limit);
                    broker.require(
                            rest.equals(log.subList(from, log.size())),
                            "read of partition %d from offset %d gave %s, where the log holds %s"
                                    .formatted(partition, from, rest, log));
                }
                read += log.size();
            }
            broker.require(
                    read == records, "%d records were produced, and %d can be read again".formatted(records, read));
        }
    }

    private void requireLog(BrokerUnderTest broker, List<PartitionRecord> log, int partition, long first) {
        var delivered = broker.history().attempts();
        for (int i = 0; i < log.size(); i++) {
            PartitionRecord record = log.get(i);
            boolean placed = record.partition() == partition && record.topic().equals(TOPIC);
            boolean counted = !claims(Capability.OFFSETS) || record.offset() == first + i;
            broker.require(
                    placed && counted, "record %d that was read of partition %d is %s".formatted(i, partition, record));
            broker.require(
                    delivered.stream()
                            .filter(it -> it.id().equals(RecordId.of(record)))
                            .allMatch(it -> it.record().equals(record)),
                    "%s was read, and was delivered otherwise".formatted(record));
        }
    }

    /** A read may return fewer than there are, but none only at the end. */
    private List<PartitionRecord> readAll(BrokerUnderTest broker, int partition, long from, int limit) {
        List<PartitionRecord> all = new ArrayList<>();
        while (true) {
            long next = from + all.size();
            List<PartitionRecord> some = broker.call(
                    "read of partition %d from offset %d, %d at most".formatted(partition, next, limit),
                    timeouts().await(),
                    () -> broker.unrecorded().read(TOPIC, partition, next, limit));
            broker.require(
                    some.size() <= limit, "read with a limit of %d gave %d records".formatted(limit, some.size()));
            if (some.isEmpty()) {
                return all;
            }
            all.addAll(some);
        }
    }

    @Test
    @Verifies("L-12")
    default void readingBeyondTheEndGivesNothing() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", 2)) {
            broker.produceAll(Records.ofKey("key", "r-", 3));
            for (int partition = 0; partition < 2; partition++) {
                for (long from : List.of(3L, 4L, 1_000_000L, Long.MAX_VALUE)) {
                    int where = partition;
                    List<PartitionRecord> none = broker.call(
                            "read",
                            timeouts().await(),
                            () -> broker.unrecorded().read(TOPIC, where, from, 10));
                    broker.require(
                            none.isEmpty(), "a read from offset %d, beyond the end, gave %s".formatted(from, none));
                }
            }
        }
    }

    /** Reading is nobody's subscription: it takes nothing from groups and commits nothing. */
    @Test
    @Verifies("L-12")
    default void readingTakesNothingFromAnyGroup() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-12", 1)) {
            RecordedMember member = broker.subscribe(record -> {});
            broker.leave(member);
            broker.produceAll(Records.numbered(10, 2));
            readAll(broker, 0, 0, 3);
            broker.subscribe(record -> {});
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    /** While there is no group all that a partition holds is kept, and when its room is needed the oldest give way. */
    @Test
    @Verifies("L-12")
    @Needs(capabilities = {Capability.BOUNDED, Capability.OFFSETS})
    default void theNewestAreKeptWhenRoomIsNeeded() {
        int capacity = 16;
        int records = 50;
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "L-12", 1, config().partitionCapacity(capacity).build())) {
            List<KeyedMessage> messages = Records.numbered(records, 3);
            broker.produceAll(messages);
            List<PartitionRecord> kept = broker.call(
                    "read", timeouts().await(), () -> broker.unrecorded().read(TOPIC, 0, 0, records));
            broker.require(
                    !kept.isEmpty() && kept.get(0).offset() <= records - capacity,
                    "a partition that holds %d was given %d while there was no group; of them are kept %s"
                            .formatted(capacity, records, kept));
            long first = kept.get(0).offset();
            List<PartitionRecord> all = readAll(broker, 0, first, records);
            requireLog(broker, all, 0, first);
            List<String> ids = all.stream().map(RecordId::of).toList();
            List<String> due = IntStream.range((int) first, records)
                    .mapToObj(i -> RecordId.of(messages.get(i)))
                    .toList();
            broker.require(ids.equals(due), "kept are %s, where %s were due".formatted(ids, due));
        }
    }
}
