package org.brokertck.redis.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.OperationInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private final ScheduledExecutorService timer = Timers.open("departure-test");
    private final AtomicInteger gone = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicBoolean stuck = new AtomicBoolean();

    @AfterEach
    void end() {
        release.countDown();
        Timers.stop(timer, Duration.ofSeconds(1));
    }

    private Departure departure(Duration timeout) {
        return new Departure("it", timeout, timer, gone::incrementAndGet);
    }

    private Thread handling(Departure departure) {
        return new Thread(() -> {
            if (departure.handlerStarts()) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                } finally {
                    departure.handlerEnded();
                }
            }
        });
    }

    @Test
    void endsAtOnceWhenNothingRuns() {
        Departure departure = departure(Duration.ofHours(1));

        assertThat(departure.begin()).isTrue();
        assertThat(departure.begin()).isFalse();

        assertThat(gone).hasValue(1);
        assertThat(departure.handlerStarts()).isFalse();
        assertThat(departure.start(new Thread(() -> {}))).isFalse();
    }

    @Test
    void waitsForTheHandler() {
        Departure departure = departure(Duration.ofHours(1));
        assertThat(departure.start(handling(departure))).isTrue();
        await().until(departure::isHandling);

        departure.begin();
        assertThat(gone).hasValue(0);
        release.countDown();
        departure.await(() -> stuck.set(true));

        assertThat(gone).hasValue(1);
        assertThat(interrupted).isFalse();
        assertThat(stuck).isFalse();
    }

    @Test
    void interruptsTheHandlerWhenTheTimeIsOver() {
        Departure departure = departure(Duration.ofMillis(50));
        departure.start(handling(departure));
        await().until(departure::isHandling);

        departure.begin();
        departure.await(() -> stuck.set(true));

        await().untilTrue(interrupted);
        assertThat(gone).hasValue(1);
    }

    @Test
    void anInterruptOfWhoWaitsHastensIt() {
        Departure departure = departure(Duration.ofHours(1));
        departure.start(handling(departure));
        await().until(departure::isHandling);
        departure.begin();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> departure.await(() -> stuck.set(true)))
                .isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        await().untilTrue(interrupted);
        assertThat(gone).hasValue(1);
    }

    @Test
    void breaksOffAThreadThatIsStuckWithoutAHandler() {
        Departure departure = departure(Duration.ofHours(1));
        departure.start(new Thread(() -> {
            while (release.getCount() > 0) {
                boolean unused = Thread.interrupted();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
            }
        }));

        departure.begin();
        departure.await(release::countDown);

        assertThat(release.getCount()).isZero();
        assertThat(interrupted).isFalse();
    }
}
