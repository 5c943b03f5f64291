package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProduceTest {
    private final InMemoryPartitionedBroker broker = Logs.open(PartitionedConfig.defaults(), 4);

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void topicsKeepTheirPartitions() {
        broker.createTopic(TOPIC, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> broker.createTopic(TOPIC, 5))
                .withMessageContaining("has 4");
        assertThatIllegalArgumentException().isThrownBy(() -> broker.createTopic("t", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.createTopic("t", 1025));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.createTopic("a b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.createTopic("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.createTopic("x".repeat(101), 1));
        assertThat(broker.metrics().topics()).containsOnlyKeys(TOPIC);
    }

    @Test
    void anUnknownTopicIsNamed() {
        KeyedMessage message = KeyedMessage.of("k", bytes("v"));
        assertThatThrownBy(() -> broker.produce("nope", message))
                .isInstanceOf(UnknownTopicException.class)
                .hasMessageContaining("nope");
        assertThatThrownBy(() -> broker.produceBatch("nope", List.of())).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> broker.subscribe("nope", "g", record -> {})).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> broker.committed("nope", "g")).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> broker.read("nope", 0, 0, 1)).isInstanceOf(UnknownTopicException.class);
        assertThatThrownBy(() -> broker.deadLetters("nope")).isInstanceOf(UnknownTopicException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // that nulls are refused is the point
    void nullsAndNonsenseAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> broker.produce(null, "k", bytes("v")))
                .withMessage("topic");
        assertThatNullPointerException()
                .isThrownBy(() -> broker.produce(TOPIC, "k", null))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> broker.produceAsync(TOPIC, null))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> broker.produceBatch(TOPIC, Collections.singletonList(null)))
                .withMessageContaining("messages");
        assertThatNullPointerException()
                .isThrownBy(() -> broker.subscribe(TOPIC, "g", null))
                .withMessage("handler");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> broker.subscribe(TOPIC, "g/h", record -> {}))
                .withMessageContaining("group");
        assertThatIllegalArgumentException().isThrownBy(() -> broker.read(TOPIC, 4, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.read(TOPIC, 0, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.read(TOPIC, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> broker.deadLetters(TOPIC).list(0));
        assertThat(Logs.topicMetrics(broker).messagesProduced()).isZero();
    }

    @Test
    void aKeyHasItsPartitionAndOffsetsCountUp() {
        for (int i = 0; i < 10; i++) {
            assertThat(broker.produce(TOPIC, "key", bytes("v")))
                    .isEqualTo(new Position(KeyHash.partition("key", 4), i));
        }
        List<PartitionRecord> log = broker.read(TOPIC, KeyHash.partition("key", 4), 3, 4);
        assertThat(log).extracting(PartitionRecord::offset).containsExactly(3L, 4L, 5L, 6L);
        assertThat(broker.read(TOPIC, KeyHash.partition("key", 4), 10, 4)).isEmpty();
    }

    @Test
    void recordsWithoutAKeyGoRound() {
        Set<Integer> partitions = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            partitions.add(broker.produce(TOPIC, null, bytes("v")).partition());
        }
        assertThat(partitions).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void nobodyChangesWhatLiesInTheLog() {
        byte[] value = bytes("before");
        Position position = broker.produce(TOPIC, "key", value);
        Arrays.fill(value, (byte) 'x');
        PartitionRecord record = broker.read(TOPIC, position.partition(), 0, 1).get(0);
        Arrays.fill(record.value(), (byte) 'y');
        assertThat(Logs.text(broker.read(TOPIC, position.partition(), 0, 1).get(0)))
                .isEqualTo("before");
    }

    @Test
    void aRecordIsWholeWhenItIsRead() {
        KeyedMessage message = KeyedMessage.of("schlüssel", new byte[] {0, -1, 127}, Map.of("ä", "", "b", "ж"));
        long before = System.currentTimeMillis();
        Position position = broker.produceAsync(TOPIC, message).join();
        PartitionRecord record =
                broker.read(TOPIC, position.partition(), position.offset(), 1).get(0);
        assertThat(record)
                .isEqualTo(
                        PartitionRecord.of(TOPIC, position, record.timestamp().toEpochMilli(), message));
        assertThat(record.timestamp().toEpochMilli()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void whatIsTooLargeIsRefusedWithItsWholeBatch() {
        try (InMemoryPartitionedBroker small = InMemoryPartitionedBroker.builder("small")
                .limits(new Limits(1024, 1 << 16))
                .open()) {
            small.createTopic(TOPIC, 1);
            KeyedMessage fits = KeyedMessage.of("k", new byte[1024]);
            KeyedMessage tooLarge = KeyedMessage.of("k", new byte[1025]);
            KeyedMessage tooManyHeaders = KeyedMessage.of("k", new byte[0], Map.of("h", "x".repeat(1 << 16)));
            assertThatThrownBy(() -> small.produce(TOPIC, "k", new byte[1025]))
                    .isInstanceOf(MessageTooLargeException.class);
            assertThatThrownBy(() -> small.produce(TOPIC, tooLarge)).isInstanceOf(MessageTooLargeException.class);
            assertThatThrownBy(() -> small.produceAsync(TOPIC, tooManyHeaders))
                    .isInstanceOf(MessageTooLargeException.class);
            assertThatThrownBy(() -> small.produceBatch(TOPIC, List.of(fits, tooLarge)))
                    .isInstanceOf(MessageTooLargeException.class);
            assertThat(Logs.topicMetrics(small).messagesProduced()).isZero();
            assertThat(small.metrics().errorRate()).isEqualTo(1);
            small.produce(TOPIC, fits);
            assertThat(small.read(TOPIC, 0, 0, 9)).hasSize(1);
        }
    }

    @Test
    void aBatchIsItsProducesInTurn() {
        List<KeyedMessage> batch = IntStream.range(0, 100)
                .mapToObj(i -> KeyedMessage.of("key" + i % 9, bytes(Integer.toString(i))))
                .toList();
        List<Position> positions = broker.produceBatch(TOPIC, batch);
        List<String> found = new ArrayList<>();
        positions.forEach(it -> found.add(
                Logs.text(broker.read(TOPIC, it.partition(), it.offset(), 1).get(0))));
        assertThat(found)
                .isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        assertThat(broker.produceBatch(TOPIC, List.of())).isEmpty();
    }

    @Test
    void withoutAGroupTheOldestMakesRoomForTheNewest() {
        try (InMemoryPartitionedBroker small =
                Logs.open(PartitionedConfig.builder().partitionCapacity(5).build(), 1)) {
            IntStream.range(0, 23).forEach(i -> Logs.produce(small, "" + i));
            assertThat(small.read(TOPIC, 0, 0, 99))
                    .extracting(Logs::text)
                    .containsExactly("18", "19", "20", "21", "22");
        }
    }
}
