package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.scenario.LargeHeaders;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PartitionedWorkloads;
import org.junit.jupiter.api.Test;

/** What comes out of the log is what went in, byte for byte, and nothing too large goes in. */
public interface RecordFidelityRules extends PartitionedRules {
    @Test
    @Verifies("G-5")
    default void valuesOfRecordsComeBackByteForByte() {
        byte[] allValues = new byte[256];
        IntStream.range(0, 256).forEach(i -> allValues[i] = (byte) i);
        byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] largest = new byte[target().limits().maxPayloadBytes()];
        IntStream.range(0, largest.length).forEach(i -> largest[i] = (byte) (i * 31 + i / 251));
        byte[] text = "{\"data\": \"test\"}\r\n\t".getBytes(StandardCharsets.UTF_8);
        roundTrip("G-5", valued(List.of(new byte[0], new byte[1], text, allValues, notUtf8, largest)));
    }

    @Property
    @Verifies("G-5")
    default void anyBytesOfRecordsComeBack(@ForAll @Size(min = 1, max = 10) List<byte[]> values) {
        roundTrip("G-5", valued(values));
    }

    /** Keys are text, whatever is in it; none and the empty one are two things. */
    @Test
    @Verifies("G-5")
    default void keysOfRecordsComeBackEqual() {
        List<KeyedMessage> messages = new ArrayList<>();
        for (String key : List.of("", " ", "ключ 漢字 🔑", "a\u0000b", "\r\n\t\"'\\{}:,=", "k".repeat(1000), "null")) {
            messages.add(Records.of(key, "keyed-" + messages.size()));
        }
        messages.add(Records.of(null, "without"));
        roundTrip("G-5", messages);
    }

    @Test
    @Verifies("G-6")
    default void aTooLargeRecordIsRefusedAndLeavesNoTrace() {
        refuseTooLarge(List.of(true, false, false, true, false));
    }

    @Test
    @Verifies("G-6")
    default void headersAreTakenUpToTheirMaximumAndRefusedAbove() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-6", 2)) {
            broker.subscribe(record -> {});
            for (Map<String, String> headers : LargeHeaders.above(target().limits())) {
                KeyedMessage message = KeyedMessage.of("key", new byte[1], headers);
                broker.refused(
                        MessageTooLargeException.class,
                        "produce with headers of %d bytes, where %d is the limit"
                                .formatted(
                                        LargeHeaders.bytes(headers),
                                        target().limits().maxHeaderBytes()),
                        () -> broker.unrecorded().produce(TOPIC, message));
            }
            broker.produce(KeyedMessage.of(
                    "key",
                    new byte[1],
                    LargeHeaders.upTo(target().limits(), Map.of(RecordId.HEADER, "large-headers"))));
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    @Property
    @Verifies("G-6")
    default void tooLargeRecordsAmongOthersAreRefused(@ForAll @Size(min = 1, max = 5) List<Boolean> tooLarge) {
        refuseTooLarge(tooLarge);
    }

    private void refuseTooLarge(List<Boolean> tooLarge) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-6", 2)) {
            broker.subscribe(record -> {});
            for (int i = 0; i < tooLarge.size(); i++) {
                if (tooLarge.get(i)) {
                    requireTooLarge(broker, i);
                } else {
                    broker.produce(Records.of("key-" + i, "r-" + i));
                }
            }
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
            long good = tooLarge.stream().filter(it -> !it).count();
            broker.require(
                    broker.metrics().of(TOPIC).messagesProduced() == good,
                    good + " records were produced and the others refused: " + broker.metrics());
        }
    }

    private void requireTooLarge(BrokerUnderTest broker, int place) {
        int size = target().limits().maxPayloadBytes() + 1 + place * 1000;
        KeyedMessage message = KeyedMessage.of("key", new byte[size], Map.of(RecordId.HEADER, "too-large-" + place));
        String excess = " of %d bytes, %d over the limit"
                .formatted(size, size - target().limits().maxPayloadBytes());
        broker.refused(
                MessageTooLargeException.class,
                "produce" + excess,
                () -> broker.recorded().produce("main", TOPIC, message));
        broker.refused(
                MessageTooLargeException.class,
                "produceAsync" + excess,
                () -> broker.unrecorded().produceAsync(TOPIC, message));
    }

    @Test
    @Verifies("G-7")
    default void headersOfRecordsComeBackEqual() {
        Map<String, String> hundred = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> hundred.put("header-" + i, "value " + i));
        roundTrip(
                "G-7",
                headed(List.of(
                        Map.of(),
                        Map.of("empty", ""),
                        Map.of("ключ-漢字-🔑", "значение 漢字 🎁 \u0000 \n \" ' \\ {}"),
                        Map.of(
                                "number", "42", "true", "false", "null", "null", "key", "k", "offset", "7", "value",
                                "v"),
                        Map.of("long", "v".repeat(8 * 1024)),
                        hundred)));
    }

    @Property
    @Verifies("G-7")
    default void anyHeadersOfRecordsComeBackEqual(
            @ForAll(supplier = HeaderMaps.class) List<Map<String, String>> headers) {
        roundTrip("G-7", headed(headers));
    }

    /** Named by their keys, so that the headers are all there is. */
    private static List<KeyedMessage> headed(List<Map<String, String>> headers) {
        return IntStream.range(0, headers.size())
                .mapToObj(i -> KeyedMessage.of("headed-" + i, new byte[] {1}, headers.get(i)))
                .toList();
    }

    private static List<KeyedMessage> valued(List<byte[]> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> KeyedMessage.of("valued-" + i, values.get(i)))
                .toList();
    }

    /** In all three forms of produce, to two groups, and by a replay where there is one. */
    private void roundTrip(String rule, List<KeyedMessage> messages) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, rule, 2)) {
            List<String> forms = List.of("waiting", "async", "batch");
            for (String form : forms) {
                broker.createTopic(form, 2);
                broker.subscribe(form, GROUP, record -> {});
                broker.subscribe(form, "fails-once", new FailsOnce());
            }
            // Each record has one name in a history, hence one topic after the other.
            for (String form : forms) {
                List<KeyedMessage> own =
                        messages.stream().map(it -> named(it, form)).toList();
                switch (form) {
                    case "waiting" -> own.forEach(it -> broker.produce(form, it));
                    case "async" -> own.forEach(it -> broker.recorded().produceAsync("main", form, it));
                    default ->
                        broker.call(
                                "produceBatch",
                                timeouts().await(),
                                () -> broker.recorded().produceBatch("main", form, own));
                }
            }
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    /** A header that names the record makes it the record of that form; without headers it is the key that does. */
    private static KeyedMessage named(KeyedMessage message, String form) {
        String id = message.headers().get(RecordId.HEADER);
        if (id != null) {
            return Records.of(message.key(), form + "-" + id);
        }
        return KeyedMessage.of(form + "-" + message.key(), message.value(), message.headers());
    }

    /** Fails the first attempt at each record, so that it comes again. */
    final class FailsOnce implements org.brokertck.api.partitioned.RecordHandler {
        private final java.util.Set<String> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();

        @Override
        public void handle(PartitionRecord record) {
            if (seen.add(RecordId.of(record))) {
                throw new IllegalStateException("so that it comes again");
            }
        }
    }

    @Test
    @Verifies("G-8")
    default void nobodySeesWhatSomebodyChangesInARecord() {
        byte[] value = {1, 2, 3};
        Map<String, String> headers = new HashMap<>(Map.of("name", "value"));
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-8", 1)) {
            List<PartitionRecord> delivered = java.util.Collections.synchronizedList(new ArrayList<>());
            for (String group : List.of("first", "second")) {
                broker.subscribe(group, record -> {
                    delivered.add(record);
                    record.value()[0] = 77;
                    tamper(record);
                    throw new IllegalStateException("so that it comes again and is set aside");
                });
            }
            broker.run("produce", () -> broker.unrecorded().produce(TOPIC, KeyedMessage.of("changed", value, headers)));
            byte[] plain = {4, 5, 6};
            broker.run("produce", () -> broker.unrecorded().produce(TOPIC, "plain", plain));
            value[0] = 99;
            plain[0] = 99;
            headers.put("name", "changed");
            broker.require(
                    broker.happensWithin(
                            timeouts().await(), () -> broker.deadRecords(TOPIC).size() == 4),
                    "two records that always fail were set aside by two groups as " + broker.deadRecords(TOPIC));
            List<PartitionRecord> all = new ArrayList<>(delivered);
            broker.deadRecords(TOPIC).forEach(it -> all.add(it.record()));
            for (PartitionRecord record : all) {
                boolean changed = "changed".equals(record.key());
                byte[] due = changed ? new byte[] {1, 2, 3} : new byte[] {4, 5, 6};
                broker.require(
                        java.util.Arrays.equals(record.value(), due)
                                && record.headers().equals(changed ? Map.of("name", "value") : Map.of()),
                        "what was produced came as %s with the value %s and the headers %s, after somebody changed what was the caller's own"
                                .formatted(record, java.util.Arrays.toString(record.value()), record.headers()));
            }
            requireIsolatedLists(broker);
        }
    }

    private static void tamper(PartitionRecord record) {
        try {
            record.headers().put("name", "tampered");
        } catch (UnsupportedOperationException unmodifiable) {
            // As it should be.
        }
    }

    private void requireIsolatedLists(BrokerUnderTest broker) {
        List<DeadRecord> listed = broker.deadRecords(TOPIC);
        clear(listed);
        broker.require(
                broker.deadRecords(TOPIC).size() == 4,
                "clearing the list that deadLetters().list returned removed the dead letters of the topic");
        if (claims(Capability.REPLAY)) {
            clear(broker.unrecorded().read(TOPIC, 0, 0, 10));
            int left = broker.unrecorded().read(TOPIC, 0, 0, 10).size();
            broker.require(left == 2, "clearing the list that read returned left " + left + " of 2 records in the log");
        }
        if (claims(Capability.OFFSETS)) {
            try {
                broker.committed("first").clear();
            } catch (UnsupportedOperationException unmodifiable) {
                // As good as a private copy.
            }
            broker.require(
                    broker.committed("first").getOrDefault(0, 0L) == 2L,
                    "clearing the map that committed returned changed it to " + broker.committed("first"));
        }
    }

    private static void clear(List<?> list) {
        try {
            list.clear();
        } catch (UnsupportedOperationException unmodifiable) {
            // As good as a private copy.
        }
    }

    /** The history keeps every delivered record to the end, so one whose bytes change later is seen. */
    @Property
    @Verifies("G-8")
    default void deliveredRecordsNeverChange(
            @ForAll(supplier = PartitionedWorkloads.Failing.class) PartitionedWorkload workload) {
        PartitionedDriver.judge(this, "G-8", workload, new NothingInvented());
    }

    /** The time is the broker's, which may be a server's clock. */
    @Test
    @Verifies("G-8")
    default void aRecordBearsTheTimeAtWhichItWasTaken() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-8", 1)) {
            broker.subscribe(new FailsOnce());
            Instant before = Instant.now().minus(slack());
            broker.produceAll(Records.numbered(3, 1));
            broker.judgeSettled(new NothingInvented());
            Instant after = Instant.now().plus(slack());
            broker.history()
                    .attempts()
                    .forEach(it -> broker.require(
                            it.record().timestamp().isAfter(before)
                                    && it.record().timestamp().isBefore(after),
                            "a record was produced from %s to %s and bears the time %s"
                                    .formatted(before, after, it.record().timestamp())));
        }
    }

    private Duration slack() {
        return claims(Capability.REMOTE) ? Duration.ofMinutes(10) : timeouts().tolerance();
    }
}
