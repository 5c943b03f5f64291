package org.brokertck.reference.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final Traffic traffic = new Traffic();

    @Test
    void messagesAndBytesAreToldApart() {
        traffic.add(0);
        traffic.add(Integer.MAX_VALUE);
        assertThat(traffic.look()).isEqualTo(new Traffic.Since(2, Integer.MAX_VALUE));
        assertThat(traffic.look()).isEqualTo(new Traffic.Since(0, 0));
        assertThat(traffic.messages()).isEqualTo(2);
    }

    @Test
    void whatThreadsCountedThatHaveEndedStaysCounted() throws InterruptedException {
        for (int i = 1; i <= 100; i++) {
            Thread adder = new Thread(() -> traffic.add(3));
            adder.start();
            adder.join();
            assertThat(traffic.look()).isEqualTo(new Traffic.Since(1, 3));
            assertThat(traffic.messages()).isEqualTo(i);
        }
        assertThat(traffic.look()).isEqualTo(new Traffic.Since(0, 0));
    }

    @Test
    void looksMeanwhileLoseNothing() throws InterruptedException {
        List<Thread> adders = IntStream.range(0, 3)
                .mapToObj(it -> new Thread(() -> IntStream.range(0, 100_000).forEach(i -> traffic.add(7))))
                .toList();
        adders.forEach(Thread::start);
        AtomicLong bytes = new AtomicLong();
        while (adders.stream().anyMatch(Thread::isAlive)) {
            bytes.addAndGet(traffic.look().bytes());
        }
        for (Thread adder : adders) {
            adder.join();
        }
        bytes.addAndGet(traffic.look().bytes());
        assertThat(bytes).hasValue(7 * 300_000);
        assertThat(traffic.messages()).isEqualTo(300_000);
    }
}
