package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.CountsExact;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface BrokerArgumentRules extends PartitionedRules {
    /** The calls with an invalid argument, each with the argument's name. */
    enum InvalidUse {
        /** A null topic. */
        CREATE_NULL("topic"),
        /** A topic without a name. */
        CREATE_EMPTY("topic"),
        /** A topic with a space. */
        CREATE_SPACE("topic"),
        /** A topic with a slash. */
        CREATE_SLASH("topic"),
        /** A topic with a letter beyond ASCII. */
        CREATE_UMLAUT("topic"),
        /** A topic whose name is too long. */
        CREATE_LONG("topic"),
        /** A topic without partitions. */
        CREATE_NO_PARTITION("partitions"),
        /** A null topic. */
        PRODUCE_NULL_TOPIC("topic"),
        /** A null value. */
        PRODUCE_NULL_VALUE("value"),
        /** A null message. */
        PRODUCE_NULL_MESSAGE("message"),
        /** A null topic. */
        ASYNC_NULL_TOPIC("topic"),
        /** A null message. */
        ASYNC_NULL_MESSAGE("message"),
        /** A null topic. */
        BATCH_NULL_TOPIC("topic"),
        /** A null list. */
        BATCH_NULL("messages"),
        /** A null among messages. */
        BATCH_NULL_MESSAGE("message"),
        /** A null topic. */
        SUBSCRIBE_NULL_TOPIC("topic"),
        /** A null group. */
        SUBSCRIBE_NULL_GROUP("group"),
        /** A group without a name. */
        SUBSCRIBE_EMPTY_GROUP("group"),
        /** A group with a colon. */
        SUBSCRIBE_COLON("group"),
        /** A group whose name is too long. */
        SUBSCRIBE_LONG_GROUP("group"),
        /** A null handler. */
        SUBSCRIBE_NULL_HANDLER("handler"),
        /** A null start. */
        SUBSCRIBE_NULL_START("startFrom"),
        /** A null topic. */
        COMMITTED_NULL_TOPIC("topic", Capability.OFFSETS),
        /** A null group. */
        COMMITTED_NULL_GROUP("group", Capability.OFFSETS),
        /** A null topic. */
        READ_NULL_TOPIC("topic", Capability.REPLAY),
        /** A partition below the first. */
        READ_NEGATIVE_PARTITION("partition", Capability.REPLAY),
        /** A partition above the last. */
        READ_NO_PARTITION("partition", Capability.REPLAY),
        /** A negative offset. */
        READ_NEGATIVE_OFFSET("from", Capability.REPLAY),
        /** A limit of 0. */
        READ_NONE("limit", Capability.REPLAY),
        /** A null topic. */
        DEAD_LETTERS_NULL("topic"),
        /** A limit of 0. */
        LIST_NONE("limit"),
        /** A negative limit. */
        LIST_NEGATIVE("limit"),
        /** A null deadline. */
        SHUTDOWN_NULL("deadline"),
        /** A negative deadline. */
        SHUTDOWN_NEGATIVE("deadline");

        private static final String TOO_LONG = "n".repeat(101);
        private final String argument;
        private final List<Capability> needs;

        InvalidUse(String argument, Capability... needs) {
            this.argument = argument;
            this.needs = List.of(needs);
        }

        @SuppressWarnings({"NullAway", "FutureReturnValueIgnored", "resource"
        }) // null where it is not allowed is the point
        private void make(PartitionedBroker broker) {
            RecordHandler none = record -> {};
            KeyedMessage message = Records.of("key", "invalid");
            switch (this) {
                case CREATE_NULL -> broker.createTopic(null, 1);
                case CREATE_EMPTY -> broker.createTopic("", 1);
                case CREATE_SPACE -> broker.createTopic("two words", 1);
                case CREATE_SLASH -> broker.createTopic("a/b", 1);
                case CREATE_UMLAUT -> broker.createTopic("Aufträge", 1);
                case CREATE_LONG -> broker.createTopic(TOO_LONG, 1);
                case CREATE_NO_PARTITION -> broker.createTopic("none", 0);
                case PRODUCE_NULL_TOPIC -> broker.produce(null, message);
                case PRODUCE_NULL_VALUE -> broker.produce(TOPIC, "key", null);
                case PRODUCE_NULL_MESSAGE -> broker.produce(TOPIC, null);
                case ASYNC_NULL_TOPIC -> broker.produceAsync(null, message);
                case ASYNC_NULL_MESSAGE -> broker.produceAsync(TOPIC, null);
                case BATCH_NULL_TOPIC -> broker.produceBatch(null, List.of(message));
                case BATCH_NULL -> broker.produceBatch(TOPIC, null);
                case BATCH_NULL_MESSAGE -> broker.produceBatch(TOPIC, Arrays.asList(message, null));
                case SUBSCRIBE_NULL_TOPIC -> broker.subscribe(null, GROUP, none);
                case SUBSCRIBE_NULL_GROUP -> broker.subscribe(TOPIC, null, none);
                case SUBSCRIBE_EMPTY_GROUP -> broker.subscribe(TOPIC, "", none);
                case SUBSCRIBE_COLON -> broker.subscribe(TOPIC, "a:b", none);
                case SUBSCRIBE_LONG_GROUP -> broker.subscribe(TOPIC, TOO_LONG, none);
                case SUBSCRIBE_NULL_HANDLER -> broker.subscribe(TOPIC, GROUP, null, StartFrom.LATEST);
                case SUBSCRIBE_NULL_START -> broker.subscribe(TOPIC, GROUP, none, null);
                case COMMITTED_NULL_TOPIC -> broker.committed(null, GROUP);
                case COMMITTED_NULL_GROUP -> broker.committed(TOPIC, null);
                case READ_NULL_TOPIC -> broker.read(null, 0, 0, 1);
                case READ_NEGATIVE_PARTITION -> broker.read(TOPIC, -1, 0, 1);
                case READ_NO_PARTITION -> broker.read(TOPIC, 2, 0, 1);
                case READ_NEGATIVE_OFFSET -> broker.read(TOPIC, 0, -1, 1);
                case READ_NONE -> broker.read(TOPIC, 0, 0, 0);
                case DEAD_LETTERS_NULL -> broker.deadLetters(null);
                case LIST_NONE -> broker.deadLetters(TOPIC).list(0);
                case LIST_NEGATIVE -> broker.deadLetters(TOPIC).list(-1);
                case SHUTDOWN_NULL -> broker.shutdown(null);
                case SHUTDOWN_NEGATIVE -> broker.shutdown(Duration.ofNanos(-1));
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidUsesOfABrokerAreRefusedByName() {
        refuse(List.of(InvalidUse.values()));
    }

    @Property
    @Verifies("G-1")
    default void anySequenceOfInvalidUsesChangesNothing(@ForAll @Size(min = 1, max = 8) List<InvalidUse> uses) {
        refuse(uses);
    }

    private void refuse(List<InvalidUse> uses) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-1", 2)) {
            broker.subscribe(record -> {});
            broker.produce(Records.of("key", "before"));
            for (InvalidUse use : uses) {
                if (use.needs.stream().allMatch(this::claims)) {
                    requireRefused(broker, use);
                }
            }
            broker.produce(Records.of("key", "after"));
            broker.judgeSettled(new NothingLost());
            broker.awaitMetrics("2 records are counted", it -> it.of(TOPIC).messagesConsumed() == 2);
            broker.judge(new CountsExact());
        }
    }

    private static void requireRefused(BrokerUnderTest broker, InvalidUse use) {
        RuntimeException refusal = broker.refused(
                RuntimeException.class, use + " with an invalid argument", () -> use.make(broker.unrecorded()));
        broker.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(use, refusal));
        broker.require(
                String.valueOf(refusal.getMessage()).contains(use.argument),
                "the refusal of %s does not name the argument '%s': %s".formatted(use, use.argument, refusal));
    }

    /** The longest names and those with every allowed character are as good as any. */
    @Test
    @Verifies("G-1")
    default void allowedNamesOfTopicsAndGroupsAreTaken() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-1", 1)) {
            List<String> names = List.of("a", ".", "-_.", "A.b-C_9", "0", "n".repeat(100));
            for (String name : names) {
                broker.createTopic(name, 1);
                names.forEach(group -> broker.subscribe(name, group, record -> {}));
                broker.produce(name, Records.of("key", "of-" + name));
            }
            broker.judgeSettled(new NothingLost());
        }
    }
}
