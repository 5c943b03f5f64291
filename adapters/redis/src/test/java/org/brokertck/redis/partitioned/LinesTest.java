package org.brokertck.redis.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final Lines lines = new Lines();
    private long numbers;

    @Test
    void takesRecordsInTheirOrderAndTheLinesInTurn() {
        Pending first = accepted(0);
        Pending second = accepted(0);
        Pending third = accepted(0);
        Pending other = accepted(1);

        assertThat(filled(2)).containsExactly(first, second);
        assertThat(filled(2)).containsExactly(other, third);
        assertThat(lines.readyRecords()).isZero();
    }

    @Test
    void aLineWithoutRoomWaitsForNewsAndHoldsUpNoOther() {
        Pending full = accepted(0);
        filled(1);
        lines.putBack(full, false);
        Pending behind = accepted(0);
        Pending other = accepted(1);

        assertThat(filled(10)).containsExactly(other);
        lines.roomIn("topic", 0);
        assertThat(filled(10)).containsExactly(full, behind);
    }

    @Test
    void newsThatCameMeanwhileAreNotMissed() {
        Pending full = accepted(0);
        filled(1);
        lines.putBack(full, true);

        assertThat(filled(1)).containsExactly(full);
    }

    @Test
    void aLineWithoutRoomIsTriedAgainWithoutNewsToo() {
        Pending full = accepted(0);
        filled(1);
        lines.putBack(full, false);
        long now = System.nanoTime();

        assertThat(lines.retryBlocked(now)).isBetween(1L, Duration.ofSeconds(1).toNanos());
        lines.retryBlocked(now + Duration.ofSeconds(1).toNanos());
        assertThat(filled(1)).containsExactly(full);
    }

    @Test
    void isUrgentAsLongAsSomebodyWaits() {
        accepted(0);
        assertThat(lines.isUrgent()).isFalse();
        Pending awaited = add(1, false);
        assertThat(lines.isUrgent()).isTrue();
        lines.remove(awaited);
        assertThat(lines.isUrgent()).isFalse();
        add(1, false);
        filled(10);
        accepted(1);
        assertThat(lines.isUrgent()).isFalse();
    }

    private Pending accepted(int partition) {
        return add(partition, true);
    }

    private Pending add(int partition, boolean accepted) {
        Pending pending = new Pending(
                lines.line("topic", partition), new byte[10], 10, ++numbers, accepted, 1_000_000, 1_000_000);
        lines.add(pending);
        return pending;
    }

    private List<Pending> filled(int most) {
        Batch batch = new Batch(++numbers);
        lines.fill(batch, most);
        return List.copyOf(batch.records());
    }
}
