package org.brokertck.adapter.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Lease lease = new Lease(Duration.ofHours(1));
    private final CountDownLatch valid = new CountDownLatch(1);

    private Thread waiting() {
        Thread thread = new Thread(() -> {
            try {
                lease.awaitValid();
                valid.countDown();
            } catch (InterruptedException e) {
                // Then it never became valid.
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void isValidOnceItIsRenewed() throws Exception {
        Thread thread = waiting();

        lease.renew(System.nanoTime());

        assertThat(valid.await(10, TimeUnit.SECONDS)).isTrue();
        thread.join();
    }

    @Test
    void runsOutByTheTimeOfTheQuestion() throws Exception {
        lease.renew(System.nanoTime() - Duration.ofHours(2).toNanos());
        Thread thread = waiting();

        thread.interrupt();
        thread.join();

        assertThat(valid.getCount()).isEqualTo(1);
    }
}
