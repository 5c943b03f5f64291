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
    void moreThanOneLookCanTellApartIsCountedOverSeveral() {
        long bytes = 0;
        for (int look = 0; look < 4096; look++) {
            for (int i = 0; i < 32; i++) {
                traffic.add(Integer.MAX_VALUE);
            }
            bytes += traffic.look().bytes();
        }
        // Far over what the sum itself has room for: it has overflowed many times.
        assertThat(bytes).isEqualTo(4096L * 32 * Integer.MAX_VALUE);
        assertThat(traffic.messages()).isEqualTo(4096L * 32);
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
