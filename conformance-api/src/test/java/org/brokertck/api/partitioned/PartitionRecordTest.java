package org.brokertck.api.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.junit.jupiter.api.Test;

/** A record is a message at its place, as immutable as the message; set aside, it tells by whom and why. */
class PartitionRecordTest {
    private static final byte[] VALUE = {1, 0, -1};
    private static final KeyedMessage MESSAGE = KeyedMessage.of("key", VALUE, Map.of("k", "v"));
    private static final PartitionRecord RECORD = PartitionRecord.of("orders", new Position(3, 7), 1234, MESSAGE);
    private static final Failure FAILURE = new Failure("type", "text");

    @Test
    void isTheMessageAtItsPlace() {
        assertThat(RECORD.topic()).isEqualTo("orders");
        assertThat(RECORD.partition()).isEqualTo(3);
        assertThat(RECORD.offset()).isEqualTo(7);
        assertThat(RECORD.key()).isEqualTo("key");
        assertThat(RECORD.value()).isEqualTo(VALUE);
        assertThat(RECORD.valueSize()).isEqualTo(3);
        assertThat(RECORD.headers()).isEqualTo(Map.of("k", "v")).isUnmodifiable();
        assertThat(RECORD.timestamp()).isEqualTo(Instant.ofEpochMilli(1234));
    }

    @Test
    void whatItGivesOutCannotChangeIt() {
        RECORD.value()[0] = 9;
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> RECORD.valueBuffer().put((byte) 9));
        RECORD.valueBuffer().get();

        assertThat(RECORD.value()).isEqualTo(VALUE);
        assertThat(RECORD.valueBuffer().remaining()).isEqualTo(3);
        assertThat(MESSAGE.value()).isEqualTo(VALUE);
    }

    @Test
    void ownedIsTheSameWithoutCopies() {
        assertThat(PartitionRecord.owned("orders", 3, 7, 1234, "key", VALUE.clone(), Map.of("k", "v")))
                .isEqualTo(RECORD)
                .hasSameHashCodeAs(RECORD);
    }

    @Test
    void isEqualWhenAllFieldsAre() {
        assertThat(RECORD)
                .isNotEqualTo(PartitionRecord.of("other", new Position(3, 7), 1234, MESSAGE))
                .isNotEqualTo(PartitionRecord.of("orders", new Position(4, 7), 1234, MESSAGE))
                .isNotEqualTo(PartitionRecord.of("orders", new Position(3, 8), 1234, MESSAGE))
                .isNotEqualTo(PartitionRecord.of("orders", new Position(3, 7), 1235, MESSAGE))
                .isNotEqualTo(PartitionRecord.of("orders", new Position(3, 7), 1234, KeyedMessage.of("key", VALUE)))
                .isNotEqualTo(PartitionRecord.of(
                        "orders", new Position(3, 7), 1234, KeyedMessage.of(null, VALUE, Map.of("k", "v"))))
                .isNotEqualTo(PartitionRecord.of(
                        "orders", new Position(3, 7), 1234, KeyedMessage.of("key", new byte[3], Map.of("k", "v"))))
                .isNotEqualTo(MESSAGE);
    }

    @Test
    void itsTextShowsNoContents() {
        assertThat(RECORD)
                .hasToString("PartitionRecord[orders/3@7, key=key, value=3 bytes, headers=1, "
                        + "timestamp=1970-01-01T00:00:01.234Z]");
    }

    @Test
    void aDeadRecordWasAttemptedAtLeastOnce() {
        DeadRecord dead = new DeadRecord(RECORD, "billing", 1, FAILURE);

        assertThat(dead.record()).isSameAs(RECORD);
        assertThat(dead.group()).isEqualTo("billing");
        assertThat(dead.failure()).isEqualTo(FAILURE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadRecord(RECORD, "billing", 0, FAILURE))
                .withMessage("attempts is 0: a dead record was attempted at least once");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> PartitionRecord.of(null, new Position(0, 0), 0, MESSAGE))
                .withMessage("topic");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadRecord(null, "g", 1, FAILURE))
                .withMessage("record");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadRecord(RECORD, null, 1, FAILURE))
                .withMessage("group");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadRecord(RECORD, "g", 1, null))
                .withMessage("failure");
    }
}
