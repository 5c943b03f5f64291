package org.brokertck.tck.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.Bounded.StuckException;
import org.junit.jupiter.api.Test;

/** Calls that hang are noticed; the others end as they would without a bound. */
class BoundedTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(30);

    @Test
    void aResultComesBack() {
        assertThat(Bounded.call(LONG, "a call", () -> 42)).isEqualTo(42);
    }

    @Test
    void theCallRunsOnADaemonOfTheKit() {
        Running<String> running = Bounded.start("a call", () -> {
            Thread thread = Thread.currentThread();
            return thread.isDaemon() + " " + thread.getName();
        });
        assertThat(running.await(LONG)).isEqualTo("true " + Bounded.THREAD_PREFIX + "a call");
        assertThat(running.isDone()).isTrue();
    }

    @Test
    void aCallIsAtRestWhenItWaitsAndWhenItHasEnded() throws InterruptedException {
        CountDownLatch spinning = new CountDownLatch(1);
        AtomicBoolean spins = new AtomicBoolean(true);
        CountDownLatch end = new CountDownLatch(1);
        Bounded.run(LONG, "a call whose thread is at rest afterwards", () -> {});
        Running<Boolean> running = Bounded.start("a call", () -> {
            spinning.countDown();
            while (spins.get()) {
                Thread.onSpinWait();
            }
            end.await();
            return true;
        });
        spinning.await();
        assertThat(running.isAtRest()).isFalse();
        spins.set(false);
        assertThat(Polling.until(LONG, running::isAtRest, it -> it)).isTrue();
        assertThat(running.isDone()).isFalse();
        assertThat(running.at()).isNotEmpty();
        end.countDown();
        assertThat(running.await(LONG)).isTrue();
        assertThat(running.isAtRest()).isTrue();
    }

    @Test
    void whatTheCallThrowsIsThrownOn() {
        IllegalStateException exception = new IllegalStateException();
        AssertionError error = new AssertionError();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Bounded.run(LONG, "a call", () -> {
                    throw exception;
                }))
                .isSameAs(exception);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Bounded.run(LONG, "a call", () -> {
                    throw error;
                }))
                .isSameAs(error);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Bounded.call(LONG, "a call", () -> {
                    throw new IOException("checked");
                }))
                .withRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aCallThatHangsIsToldWithItsStackAndInterrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Running<Boolean> running = Bounded.startRun("a call", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertThatExceptionOfType(StuckException.class)
                .isThrownBy(() -> running.await(BRIEF))
                .satisfies(it -> assertThat(it.finding())
                        .startsWith("a call did not return within 30 ms; its thread is at\n")
                        .contains("CountDownLatch.await"));
        assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoeverWaitsMayBeInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Running<Long> running = Bounded.start("a call", () -> {
            never.await();
            return 0L;
        });
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> running.await(LONG))
                .withMessage("The kit was interrupted while it waited for a call");
        assertThat(Thread.interrupted()).isTrue();
    }
}
