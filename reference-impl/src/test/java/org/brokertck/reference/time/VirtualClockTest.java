package org.brokertck.reference.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final List<String> ran = new ArrayList<>();

    @Test
    void standsStillUntilItIsMoved() {
        clock.advance(Duration.ofHours(2));

        assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(7200));
        assertThat(clock.nanoTime()).isEqualTo(TimeUnit.HOURS.toNanos(2));
    }

    @Test
    void runsTasksInTheOrderOfTheirDueTimesEachAtItsOwnTime() {
        note("late", 30);
        note("early", 10);
        note("also early", 10);
        note("beyond", 41);

        clock.advance(Duration.ofSeconds(40));

        assertThat(ran).containsExactly("early at 10", "also early at 10", "late at 30");
        assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(40));
    }

    @Test
    void runsWhatTasksScheduleOnTheWay() {
        clock.schedule(Duration.ofSeconds(10), () -> {
            note("child", 5);
            note("child beyond", 91);
        });
        note("between", 12);

        clock.advance(Duration.ofSeconds(100));

        assertThat(ran).containsExactly("between at 12", "child at 15");
    }

    @Test
    void runsATaskThatIsDueAtOnceWithTheNextAdvanceEvenByZero() {
        note("now", 0);
        assertThat(ran).isEmpty();

        clock.advance(Duration.ZERO);

        assertThat(ran).containsExactly("now at 0");
    }

    @Test
    void doesNotRunWhatWasCalledOff() {
        TimeSource.Alarm alarm = note("never", 1);
        alarm.cancel();
        alarm.cancel();

        clock.advance(Duration.ofDays(1));

        assertThat(ran).isEmpty();
    }

    @Test
    void neverGoesBackWhenATaskAdvancesIt() {
        clock.schedule(Duration.ofSeconds(10), () -> clock.advance(Duration.ofSeconds(90)));
        note("inner", 50);

        clock.advance(Duration.ofSeconds(20));

        assertThat(ran).containsExactly("inner at 50");
        assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(100));
    }

    @Test
    void stopsAtATaskThatThrowsAndKeepsTheRest() {
        clock.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken task");
        });
        note("rest", 2);

        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(5))).hasMessage("broken task");
        assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(1));

        clock.advance(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("rest at 2");
    }

    @Test
    void refusesToGoBackOrOutOfReach() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .withMessageContaining("duration");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofDays(365 * 300)))
                .withMessageContaining("duration");
        assertThat(clock.now()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void endsABoundedWaitAtItsDeadlineAndNotBefore() {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        CompletableFuture<Instant> woken = CompletableFuture.supplyAsync(() -> {
            lock.lock();
            try {
                while (clock.awaitUntil(lock, never, TimeUnit.SECONDS.toNanos(60))) {}
                return clock.now();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        });
        await().until(() -> {
            lock.lock();
            try {
                return lock.hasWaiters(never);
            } finally {
                lock.unlock();
            }
        });

        clock.advance(Duration.ofSeconds(59));
        assertThat(woken).isNotDone();
        clock.advance(Duration.ofSeconds(1));

        assertThat(woken.join()).isEqualTo(Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void doesNotWaitForADeadlineThatIsOver() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        try {
            assertThat(clock.awaitUntil(lock, never, 0)).isFalse();
        } finally {
            lock.unlock();
        }
    }

    private TimeSource.Alarm note(String name, long seconds) {
        return clock.schedule(
                Duration.ofSeconds(seconds),
                () -> ran.add(name + " at " + clock.now().getEpochSecond()));
    }
}
