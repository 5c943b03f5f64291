package org.brokertck.reference.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.reference.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemTimeSourceTest {
    @Test
    void startsItsThreadWithTheFirstTaskAndEndsItWithClose() throws Exception {
        SystemTimeSource time = new SystemTimeSource("lazy-timer");
        assertThat(Threads.named("lazy-timer")).isEmpty();

        CountDownLatch ran = new CountDownLatch(1);
        time.schedule(Duration.ofMillis(1), ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Threads.named("lazy-timer")).hasSize(1);

        time.close();
        time.close();
        assertThat(Threads.named("lazy-timer")).isEmpty();
    }

    @Test
    void mayBeClosedByItsOwnTask() throws Exception {
        SystemTimeSource time = new SystemTimeSource("closes-itself");
        CompletableFuture<Thread> closed = new CompletableFuture<>();
        time.schedule(Duration.ZERO, () -> {
            time.close();
            closed.complete(Thread.currentThread());
        });

        Thread timer = closed.get(10, TimeUnit.SECONDS);
        timer.join(10_000);
        assertThat(timer.isAlive()).isFalse();
    }
}
