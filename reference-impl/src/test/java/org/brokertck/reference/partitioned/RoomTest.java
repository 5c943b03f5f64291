package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;
import static org.brokertck.reference.partitioned.Logs.produce;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.reference.Call;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomTest {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int CAPACITY = 3;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryPartitionedBroker broker = InMemoryPartitionedBroker.open(
            "room",
            PartitionedConfig.builder()
                    .partitionCapacity(CAPACITY)
                    .produceTimeout(TIMEOUT)
                    .build(),
            clock);

    @BeforeEach
    void fill() {
        broker.createTopic(TOPIC, 1);
        leave(broker.subscribe(TOPIC, GROUP, record -> {}, StartFrom.LATEST));
        produce(broker, "0", "1", "2");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void whatNobodyHandlesIsKeptAndTheNextWaitsForTheTimeout() {
        Call full = Call.waiting(() -> produce(broker, "3"));
        clock.advance(TIMEOUT.minusNanos(1));
        full.untilParked();
        assertThat(full.isOver()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(full.thrown()).isInstanceOf(QueueFullException.class).hasMessageContaining("partition 0");
        assertThat(broker.read(TOPIC, 0, 0, 9)).extracting(Logs::text).containsExactly("0", "1", "2");
        assertThat(broker.metrics().errorRate()).isEqualTo(1);
    }

    @Test
    void whoWaitsGoesOnInTurnAsSoonAsThereIsRoom() throws Exception {
        Call first = Call.waiting(() -> produce(broker, "3"));
        Call second = Call.waiting(() -> produce(broker, "4"));
        Latch latch = Latch.yielding();
        GroupMember member = broker.subscribe(TOPIC, GROUP, record -> {
            if (record.offset() == 1) {
                latch.handle(record);
            }
        });
        assertThat(first.thrown()).isNull();
        latch.awaitEntered();
        assertThat(second.isOver()).isFalse();
        latch.open.countDown();
        assertThat(second.thrown()).isNull();
        eventually().until(() -> Logs.committed(broker, GROUP) == 5);
        assertThat(broker.read(TOPIC, 0, 3, 9)).extracting(Logs::text).containsExactly("3", "4");
        leave(member);
    }

    @Test
    void theSlowestGroupCountsAndHandledOnesStayUntilTheirRoomIsNeeded() {
        broker.subscribe(TOPIC, "fast", record -> {}, StartFrom.EARLIEST);
        eventually().until(() -> Logs.committed(broker, "fast") == 3);
        Call full = Call.waiting(() -> produce(broker, "3"));
        GroupMember slow = broker.subscribe(TOPIC, GROUP, record -> {});
        assertThat(full.thrown()).isNull();
        eventually().until(() -> Logs.committed(broker, GROUP) == 4);
        assertThat(broker.read(TOPIC, 0, 0, 9)).extracting(Logs::text).containsExactly("1", "2", "3");
        leave(slow);
    }

    @Test
    void aTimeoutOfZeroWaitsForNothing() {
        try (InMemoryPartitionedBroker hasty = Logs.open(
                PartitionedConfig.builder()
                        .partitionCapacity(1)
                        .produceTimeout(Duration.ZERO)
                        .build(),
                1)) {
            leave(hasty.subscribe(TOPIC, GROUP, record -> {}));
            produce(hasty, "fits");
            assertThatThrownBy(() -> produce(hasty, "not")).isInstanceOf(QueueFullException.class);
        }
    }

    @Test
    void anInterruptTakesTheRecordBack() {
        Call call = Call.waiting(() -> produce(broker, "3"));
        call.thread.interrupt();
        assertThat(call.thrown()).isInstanceOf(OperationInterruptedException.class);
        assertThat(call.leftInterrupted()).isTrue();
        broker.subscribe(TOPIC, GROUP, record -> {});
        eventually().until(() -> Logs.committed(broker, GROUP) == 3);
        assertThat(broker.produce(TOPIC, "key", bytes("4")).offset()).isEqualTo(3);
    }

    @Test
    void aShutdownTurnsAwayWhoWaits() {
        Call call = Call.waiting(() -> produce(broker, "3"));
        broker.close();
        assertThat(call.thrown()).isInstanceOf(ClosedException.class);
        assertThat(Logs.topicMetrics(broker).messagesProduced()).isEqualTo(3);
    }

    @Test
    void aBatchThatFitsInPartSaysSo() {
        broker.createTopic("empty", 1);
        leave(broker.subscribe("empty", GROUP, record -> {}));
        Call call = Call.waiting(() -> broker.produceBatch("empty", messages(5)));
        clock.advance(TIMEOUT);
        assertThat(call.thrown())
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("first 3")
                .hasCauseInstanceOf(QueueFullException.class);
        Call none = Call.waiting(() -> broker.produceBatch("empty", messages(1)));
        clock.advance(TIMEOUT);
        assertThat(none.thrown()).isInstanceOf(QueueFullException.class);
    }

    private static List<KeyedMessage> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyedMessage.of("k", bytes("" + i)))
                .toList();
    }

    /** Leaves, so that the group is there without a member. */
    private static void leave(GroupMember member) {
        member.close();
    }
}
