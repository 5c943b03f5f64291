package org.brokertck.tck.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.brokertck.tck.time.Callers.Call;
import org.junit.jupiter.api.Test;

/** One thread makes one call after another, and what one leaves behind on it does not meet the next. */
class CallersTest {
    private final Callers callers = new Callers();

    private Thread caller() throws InterruptedException, ExecutionException {
        return callers.start("a call", Thread::currentThread).get();
    }

    @Test
    void whoeverCalledCallsAgain() throws Exception {
        Thread first = caller();
        assertThat(first.isDaemon()).isTrue();
        assertThat(first.getName()).isEqualTo(Bounded.THREAD_PREFIX + "a call");
        for (int i = 0; i < 100; i++) {
            assertThat(caller()).isSameAs(first);
        }
    }

    @Test
    void whatThrowsOrIsInterruptedEndsSoForItselfAlone() throws Exception {
        Thread first = caller();
        Call<Boolean> refused = callers.start("a call that is refused", () -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("refused");
        });
        assertThatThrownBy(refused::get).hasRootCauseMessage("refused");
        assertThat(callers.start("a call", Thread::interrupted).get()).isFalse();
        assertThat(caller()).isSameAs(first);
    }

    @Test
    void whoeverIsAtWorkMakesNoOtherCall() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Call<Thread> held = callers.start("a call", () -> {
            end.await();
            return Thread.currentThread();
        });
        Thread other = caller();
        end.countDown();
        assertThat(held.get()).isNotSameAs(other).isSameAs(held.thread());
        assertThat(caller()).isSameAs(held.thread());
        assertThat(held.hasBegun()).isTrue();
    }

    @Test
    void aCallThatWasGivenUpKeepsItsThreadUntilItEnds() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Call<Boolean> hanging = callers.start("a call that hangs", () -> {
            begun.countDown();
            awaitDespiteInterrupts(end);
            return true;
        });
        begun.await();
        hanging.cancel(true);
        assertThat(caller()).isNotSameAs(hanging.thread());
        end.countDown();
    }

    private static void awaitDespiteInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // It does not end so.
            }
        }
    }

    @Test
    void onlyTheCallThatIsMeantIsInterrupted() throws Exception {
        Call<Thread> ended = callers.start("a call", Thread::currentThread);
        Thread first = ended.get();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Call<Boolean> next = callers.start("the next call", () -> {
            begun.countDown();
            end.await();
            return true;
        });
        begun.await();
        assertThat(next.thread()).isSameAs(first);
        ended.interrupt();
        end.countDown();
        assertThat(next.get()).isTrue();
    }

    @Test
    void aCallIsInterruptedAsSoonAsItBegins() {
        Call<Boolean> meant = callers.start("a call", () -> {
            new CountDownLatch(1).await();
            return true;
        });
        meant.interrupt();
        assertThatThrownBy(meant::get).hasRootCauseInstanceOf(InterruptedException.class);
    }
}
