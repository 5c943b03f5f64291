package org.brokertck.rabbitmq.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.junit.jupiter.api.Test;

class CodecsTest {
    private static final GroupName GROUP = new GroupName("orders", "billing");
    private static final RecordCodec.Origin ORIGIN = new RecordCodec.Origin(-3, 12);

    @Test
    void everyFactComesBack() {
        FactCodec.Entry entry = new FactCodec.Entry(
                "0123456789abcdef",
                42,
                List.of(
                        new Fact.TopicCreated("orders", 3),
                        new Fact.StreamMade("orders", 1, "broker:orders:1:abc"),
                        new Fact.GroupMade(GROUP, Map.of(0, 4L, 2, 1L << 40)),
                        new Fact.Joined(GROUP, "a-1"),
                        new Fact.Left(GROUP, "a-1"),
                        new Fact.Released(GROUP, 2, "a-1"),
                        new Fact.Expelled("a"),
                        new Fact.Committed(GROUP, 1, "a-1", 1L << 33, 2),
                        new Fact.Buried(GROUP, 1, "a-1", 7, 5, new Failure("Type", "half a pair: \ud83d")),
                        new Fact.Purged("orders"),
                        new Fact.Synced()));

        assertThat(FactCodec.decode(FactCodec.encode(entry))).isEqualTo(entry);
    }

    @Test
    void whatIsNoEntryOfOursIsTold() {
        byte[] cut = FactCodec.encode(new FactCodec.Entry("a", 1, List.of(new Fact.Purged("orders"))));

        for (byte[] bytes : List.of(new byte[0], new byte[] {9}, Arrays.copyOf(cut, cut.length - 1))) {
            assertThatThrownBy(() -> FactCodec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRecordComesBackAtItsPlace() {
        KeyedMessage message =
                KeyedMessage.of("clé \ud83d", new byte[] {0, -1, 7}, Map.of("", "\udc00", "name", "wert"));

        byte[] body = RecordCodec.encode(ORIGIN, 1_234, message);

        assertThat(RecordCodec.origin(body)).isEqualTo(ORIGIN);
        PartitionRecord record = RecordCodec.decode("orders", 2, 77, body);
        assertThat(record.key()).isEqualTo(message.key());
        assertThat(record.value()).isEqualTo(message.value());
        assertThat(record.headers()).isEqualTo(message.headers());
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.offset()).isEqualTo(77);
        assertThat(record.timestamp()).isEqualTo(Instant.ofEpochMilli(1_234));
    }

    @Test
    void theEmptyKeyIsAKeyAndNoneIsNone() {
        for (String key : Arrays.asList("", null)) {
            byte[] body = RecordCodec.encode(ORIGIN, 0, KeyedMessage.of(key, new byte[0]));
            assertThat(RecordCodec.decode("orders", 0, 0, body).key()).isEqualTo(key);
        }
    }

    @Test
    void whatIsNoRecordOfOursIsTold() {
        byte[] whole = RecordCodec.encode(ORIGIN, 0, KeyedMessage.of("key", new byte[0]));

        for (byte[] body : List.of(
                new byte[0],
                RecordCodec.header(),
                "some other client's text, which is long enough".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length - 1))) {
            assertThatThrownBy(() -> RecordCodec.decode("orders", 0, 0, body))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(RecordCodec.origin(RecordCodec.header())).isEqualTo(RecordCodec.Origin.NONE);
    }
}
