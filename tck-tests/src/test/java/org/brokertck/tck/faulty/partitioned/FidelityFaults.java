package org.brokertck.tck.faulty.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.PlainTarget;
import org.brokertck.tck.faulty.partitioned.plain.Store;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults of encodings, of sizes, and of what is shared with producers, handlers and other brokers. */
final class FidelityFaults {
    private FidelityFaults() {}

    static List<Fault> all() {
        return List.of(
                stored(
                        "ValueThroughUtf8",
                        "G-5",
                        "delivered changed: value of",
                        "Stores values as text.",
                        it -> value(
                                it, new String(it.value(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))),
                stored(
                        "EmptyValueIsATombstone",
                        "G-5",
                        "delivered changed: value of 0 bytes",
                        "Stores an empty value as a single zero byte.",
                        it -> it.valueSize() == 0 ? value(it, new byte[1]) : it),
                stored(
                        "LengthInAShort",
                        "G-5",
                        "delivered changed: value of",
                        "Keeps the length of a value in 16 bits.",
                        it -> value(it, Arrays.copyOf(it.value(), it.valueSize() & 0xffff))),
                stored(
                        "KeyIsTrimmed",
                        "G-5",
                        "delivered changed: key was",
                        "Trims the white space off keys.",
                        it -> KeyedMessage.of(it.key() == null ? null : it.key().trim(), it.value(), it.headers())),
                stored(
                        "EmptyKeyBecomesNone",
                        "G-5",
                        "delivered changed: key was",
                        "Delivers a record with an empty key without one.",
                        it -> "".equals(it.key()) ? KeyedMessage.of(null, it.value(), it.headers()) : it),
                stored(
                        "SixtyFourHeaders",
                        "G-7",
                        "delivered changed: headers was",
                        "Has room for 64 headers and forgets the others.",
                        it -> headers(
                                it,
                                (from, to) -> from.entrySet().stream()
                                        .limit(64)
                                        .forEach(header -> to.put(header.getKey(), header.getValue())))),
                stored(
                        "EmptyHeadersAreDropped",
                        "G-7",
                        "delivered changed: headers was",
                        "Drops headers whose value is empty.",
                        it -> headers(
                                it,
                                (from, to) -> from.forEach((name, text) -> {
                                    if (!text.isEmpty()) {
                                        to.put(name, text);
                                    }
                                }))),
                stored(
                        "HeadersIgnoreCase",
                        "G-7",
                        "delivered changed: headers was",
                        "Lower-cases the names of headers.",
                        it -> headers(
                                it,
                                (from, to) ->
                                        from.forEach((name, text) -> to.put(name.toLowerCase(Locale.ROOT), text)))),
                PartitionedFault.plain(
                        "BatchLosesItsHeaders",
                        "G-7",
                        "delivered changed: headers was",
                        "Packs keys and values into a batch, and no headers.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                return super.produceAll(
                                        topic,
                                        messages.stream()
                                                .map(message -> KeyedMessage.of(message.key(), message.value()))
                                                .toList());
                            }
                        }),
                PartitionedFault.plain(
                        "ChecksValuesOnly",
                        "G-6",
                        "produce with headers of 65537 bytes",
                        "Checks the size of values, and not of headers.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void checkSize(KeyedMessage message) {
                                if (message.valueSize() > limits().maxPayloadBytes()) {
                                    super.checkSize(message);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "TakesWhatIsTooLarge",
                        "G-6",
                        "over the limit was accepted",
                        "Takes values of any size.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void checkSize(KeyedMessage message) {}
                        }),
                PartitionedFault.plain(
                        "SizeIsCheckedTooLate",
                        "G-6",
                        "over the limit was accepted|and the others refused",
                        "Checks the size of a record after it has appended it.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected KeyedMessage checked(KeyedMessage message, String argument) {
                                java.util.Objects.requireNonNull(message, argument);
                                return message;
                            }

                            @Override
                            public Position produce(String topic, KeyedMessage message) {
                                Position position = super.produce(topic, message);
                                checkSize(message);
                                return position;
                            }
                        }),
                PartitionedFault.plain(
                        "TooLargeEndsTheBroker",
                        "G-6",
                        "over the limit threw .*BrokerUnavailableException|produce.* threw .*BrokerUnavailableException",
                        "Gives up its channel when a record is too large.",
                        it -> new PlainPartitionedBroker(it) {
                            private boolean broken;

                            @Override
                            protected void checkSize(KeyedMessage message) {
                                if (locked(() -> broken)) {
                                    throw new org.brokertck.api.BrokerUnavailableException("The channel is closed");
                                }
                                try {
                                    super.checkSize(message);
                                } catch (MessageTooLargeException refusal) {
                                    locked(() -> broken = true);
                                    throw refusal;
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "SharesTheProducersArray",
                        "G-8",
                        "after somebody changed what was the caller's own",
                        "Keeps the array that it was given.",
                        SharesTheProducersArray::new),
                PartitionedFault.plain(
                        "GroupsShareAnArray",
                        "G-8",
                        "delivered changed: value of",
                        "Reads each record into one buffer, which the next record of the partition changes.",
                        GroupsShareAnArray::new),
                sharing(
                        "NamesIgnoreCase",
                        "Finds brokers by their names in lower case.",
                        name -> name.toLowerCase(Locale.ROOT)),
                sharing(
                        "NamesEndAtADot",
                        "Takes a dot in a name for the end of the broker's part of it.",
                        name -> name.substring(0, (name + ".").indexOf('.'))),
                sharing(
                        "NamesAreSanitized",
                        "Replaces what is no letter or digit in a name.",
                        name -> name.replaceAll("[^a-zA-Z0-9]", "_")));
    }

    private static Fault stored(
            String name, String rule, String finding, String description, UnaryOperator<KeyedMessage> change) {
        return PartitionedFault.plain(name, rule, finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected KeyedMessage stored(KeyedMessage message) {
                return change.apply(message);
            }
        });
    }

    private static KeyedMessage value(KeyedMessage it, byte[] value) {
        return KeyedMessage.of(it.key(), value, it.headers());
    }

    /** Copies headers in a way of its own. */
    private interface Copy {
        void copy(Map<String, String> from, Map<String, String> to);
    }

    private static KeyedMessage headers(KeyedMessage it, Copy copy) {
        Map<String, String> headers = new LinkedHashMap<>();
        copy.copy(it.headers(), headers);
        return KeyedMessage.of(it.key(), it.value(), headers);
    }

    private static Fault sharing(String name, String description, UnaryOperator<String> key) {
        return Fault.of(
                name, "G-11", "of another broker was accepted|nobody produced|the metrics say", description, () -> {
                    Map<String, Store> stores = new ConcurrentHashMap<>();
                    return PlainTarget.of(
                            name,
                            it -> new PlainPartitionedBroker(
                                    it.withStore(stores.computeIfAbsent(key.apply(it.name()), none -> new Store()))));
                });
    }

    /** The record's value is the very array of the call. */
    private static final class SharesTheProducersArray extends PlainPartitionedBroker {
        private final IdentityHashMap<KeyedMessage, byte[]> arrays = new IdentityHashMap<>();

        SharesTheProducersArray(Opening opening) {
            super(opening);
        }

        @Override
        public Position produce(String topic, @Nullable String key, byte[] value) {
            KeyedMessage message = KeyedMessage.of(key, value);
            locked(() -> arrays.put(message, value));
            return produce(topic, message);
        }

        @Override
        protected PartitionRecord record(Partition partition, Position position, Pending pending) {
            PartitionRecord right = super.record(partition, position, pending);
            byte[] array = arrays.remove(pending.message());
            return array == null
                    ? right
                    : PartitionRecord.owned(
                            right.topic(),
                            right.partition(),
                            right.offset(),
                            right.timestamp().toEpochMilli(),
                            right.key(),
                            array,
                            right.headers());
        }
    }

    /** What a handler keeps changes with the next record of the same size. */
    private static final class GroupsShareAnArray extends PlainPartitionedBroker {
        private final IdentityHashMap<Topic, Map<Integer, byte[]>> buffers = new IdentityHashMap<>();

        GroupsShareAnArray(Opening opening) {
            super(opening);
        }

        @Override
        protected PartitionRecord delivered(Worker worker, PartitionRecord record) {
            byte[] value = record.value();
            byte[] buffer = locked(
                    () -> buffers.computeIfAbsent(worker.slot().partition().topic(), none -> new ConcurrentHashMap<>())
                            .computeIfAbsent(value.length, byte[]::new));
            System.arraycopy(value, 0, buffer, 0, value.length);
            return PartitionRecord.owned(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp().toEpochMilli(),
                    record.key(),
                    buffer,
                    record.headers());
        }
    }
}
