package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.queue.Backoff;
import org.brokertck.reference.Threads;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryPartitionedBroker broker = InMemoryPartitionedBroker.open(
            "retry",
            PartitionedConfig.builder()
                    .deliveryLimit(3)
                    .backoff(Backoff.exponential(Duration.ofHours(1), 2, Duration.ofDays(1)))
                    .build(),
            clock);
    private final List<String> attempts = Logs.list();

    @BeforeEach
    void create() {
        broker.createTopic(TOPIC, 2);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void handle(PartitionRecord record) {
        attempts.add(Logs.text(record));
        if (Logs.text(record).startsWith("bad")) {
            throw new IllegalStateException("no " + record.offset());
        }
    }

    /** Until their outcomes are noted too, retries scheduled: the members' threads wait again. */
    private void untilAttempts(int count) {
        eventually()
                .until(() -> attempts.size() == count
                        && Threads.named("brokertck-retry-").stream().allMatch(RetryTest::waits));
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void aFailedRecordIsTriedAgainInPlaceAndThenSetAside() {
        broker.subscribe(TOPIC, GROUP, this::handle);
        broker.produce(TOPIC, null, bytes("bad"));
        broker.produce(TOPIC, null, bytes("other partition"));
        broker.produce(TOPIC, null, bytes("after"));
        untilAttempts(2);
        assertThat(attempts).containsExactlyInAnyOrder("bad", "other partition");

        clock.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(attempts).hasSize(2);
        clock.advance(Duration.ofNanos(1));
        untilAttempts(3);
        clock.advance(Duration.ofHours(2));
        untilAttempts(5);

        assertThat(attempts.subList(2, 5)).containsExactly("bad", "bad", "after");
        eventually().until(() -> Logs.committed(broker, GROUP) == 3);
        DeadRecord dead = broker.deadLetters(TOPIC).list(9).get(0);
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(dead.group()).isEqualTo(GROUP);
        assertThat(dead.failure()).isEqualTo(new Failure(IllegalStateException.class.getName(), "no 0"));
        assertThat(broker.read(TOPIC, 0, 0, 1)).containsExactly(dead.record());
        assertThat(Logs.topicMetrics(broker).messagesConsumed()).isEqualTo(2);
        assertThat(broker.deadLetters(TOPIC).purge()).isEqualTo(1);
        assertThat(broker.deadLetters(TOPIC).list(9)).isEmpty();
    }

    @Test
    void attemptsAndTheWaitAreTheGroupsAndGoWithThePartition() {
        GroupMember first = broker.subscribe(TOPIC, GROUP, this::handle);
        broker.produce(TOPIC, null, bytes("bad"));
        untilAttempts(1);
        first.close();
        broker.subscribe(TOPIC, GROUP, this::handle);
        clock.advance(Duration.ofMinutes(59));
        assertThat(attempts).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        untilAttempts(2);
        clock.advance(Duration.ofHours(2));
        eventually().until(() -> broker.deadLetters(TOPIC).list(1).size() == 1);
        assertThat(attempts).containsExactly("bad", "bad", "bad");
    }

    @Test
    void aFailureOfAnyKindIsOne() {
        broker.createTopic("errors", 1);
        broker.subscribe("errors", GROUP, record -> {
            attempts.add(Logs.text(record));
            if (record.offset() == 0) {
                throw new StackOverflowError();
            }
        });
        broker.produce("errors", "k", bytes("a"));
        broker.produce("errors", "k", bytes("b"));
        untilAttempts(1);
        clock.advance(Duration.ofHours(1));
        untilAttempts(2);
        clock.advance(Duration.ofHours(2));
        untilAttempts(4);
        assertThat(attempts).containsExactly("a", "a", "a", "b");
    }

    @Test
    void noRetryIsLeftOnTheClockAfterwards() {
        broker.subscribe(TOPIC, GROUP, this::handle);
        broker.produce(TOPIC, null, bytes("bad"));
        untilAttempts(1);
        broker.close();
        clock.advance(Duration.ofDays(3));
        assertThat(attempts).hasSize(1);
    }
}
