package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptTest {
    @Test
    void aCutOffEndsAPause() throws Exception {
        Attempt attempt = new Attempt();
        CompletableFuture<Void> paused = CompletableFuture.runAsync(() -> attempt.pause(Duration.ofHours(1)));

        attempt.cutOff();

        assertThat(paused.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(attempt.begin()).isFalse();
    }

    @Test
    void anAttemptThatOnlyEndsDoesNotShortenAPause() {
        Attempt attempt = new Attempt();
        attempt.begin();
        assertThat(attempt.end()).isTrue();
        long before = System.nanoTime();

        attempt.pause(Duration.ofMillis(20));

        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }
}
