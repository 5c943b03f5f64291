package org.brokertck.rabbitmq.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void theLongestDurationIsAsGoodAsAny() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE));
        assertFalse(deadline.passed());
        assertTrue(deadline.nanosLeft() > Duration.ofDays(365).toNanos());
    }

    @Test
    void noTimeHasPassedAtOnce() {
        assertTrue(Deadline.in(Duration.ZERO).passed());
    }
}
