package org.brokertck.redis.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void theLongestDurationIsAsGoodAsAny() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE));
        assertFalse(deadline.passed());
        assertTrue(deadline.left().compareTo(Duration.ofDays(365)) > 0);
    }

    @Test
    void noTimeHasPassedAtOnce() {
        assertTrue(Deadline.in(Duration.ZERO).passed());
    }
}
