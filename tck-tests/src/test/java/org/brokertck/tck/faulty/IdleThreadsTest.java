package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class IdleThreadsTest {
    private volatile boolean over;

    @Test
    void aThreadThatSpinsIsFound() throws InterruptedException {
        Thread spinning = new Thread(
                () -> {
                    while (!over) {
                        Thread.onSpinWait();
                    }
                },
                "spins-for-good");
        spinning.start();
        try {
            assertThatThrownBy(IdleThreads::require)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("spins-for-good at [");
        } finally {
            over = true;
            spinning.join();
        }
    }

    @Test
    void oneThatWaitsForEverIsNot() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Thread waiting = new Thread(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        // The test is over.
                    }
                },
                "waits-for-good");
        waiting.start();
        try {
            assertThatCode(IdleThreads::require).doesNotThrowAnyException();
        } finally {
            waiting.interrupt();
            waiting.join();
        }
    }
}
