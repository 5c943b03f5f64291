package org.brokertck.tck.resilience.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Whatever many borrowers do at once, connections are neither shared nor lost. */
public interface PoolConcurrencyRules extends PoolRules {
    @Test
    @Verifies("G-4")
    default void allMethodsOfThePoolMayBeCalledAtOnce() {
        borrowAtOnce("G-4", 6, 3, 400, 7);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsOfThePoolMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 2, max = 6) int borrowers, @ForAll int seed) {
        borrowAtOnce("G-4", borrowers, 2, 60, seed);
    }

    /** Random borrowing, giving back, discarding, failing and breaking down, by many at once: no leak. */
    @Property
    @Verifies("K-2")
    default void nothingIsLostByManyBorrowers(
            @ForAll @IntRange(min = 2, max = 6) int borrowers,
            @ForAll @IntRange(min = 1, max = 4) int maximum,
            @ForAll int seed) {
        borrowAtOnce("K-2", borrowers, maximum, 60, seed);
    }

    private void borrowAtOnce(String rule, int borrowers, int maximum, int rounds, int seed) {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, rule, config().maxSize(maximum).build())) {
            List<Running<Boolean>> running = new ArrayList<>();
            for (int b = 0; b < borrowers; b++) {
                Random random = new Random(seed * 31L + b);
                running.add(Bounded.startRun("borrower", () -> useInTurn(pool, random, rounds)));
            }
            running.add(Bounded.startRun("looks", () -> look(pool, rounds)));
            running.forEach(it -> pool.run(
                    "a call among many",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            pool.requireSound();
            pool.connections().clearFailures();
            pool.requireNoLeak();
            pool.closeNow();
            PoolMetrics metrics = pool.metrics();
            pool.require(
                    metrics.opened() == metrics.closed()
                            && metrics.opened() == pool.connections().made().size(),
                    "%d connections were opened and closed, and the metrics are %s"
                            .formatted(pool.connections().made().size(), metrics));
        }
    }

    private static void useInTurn(PoolUnderTest pool, Random random, int rounds) {
        for (int i = 0; i < rounds; i++) {
            if (random.nextInt(20) == 0) {
                pool.connections().failNext(new IOException("planned"));
            }
            try {
                use(pool, random, Duration.ofNanos(random.nextInt(3) * 500_000L));
            } catch (PoolExhaustedException | BrokerUnavailableException asItMayBe) {
                // There was none in time, or a new one could not be opened.
            }
        }
    }

    private static void use(PoolUnderTest pool, Random random, Duration timeout) {
        Lease lease = new Lease(pool.connections(), pool.unrecorded().borrow(timeout));
        if (random.nextBoolean()) {
            Thread.yield();
        }
        switch (random.nextInt(8)) {
            case 0 -> lease.discard();
            case 1 -> {
                lease.giveBack();
                lease.handle().close();
                lease.handle().discard();
            }
            default -> lease.giveBack();
        }
    }

    private static void look(PoolUnderTest pool, int rounds) {
        int maximum = pool.config().maxSize();
        for (int i = 0; i < rounds; i++) {
            PoolMetrics metrics = pool.unrecorded().metrics();
            boolean sane = metrics.idle() >= 0
                    && metrics.inUse() >= 0
                    && metrics.waiting() >= 0
                    && metrics.idle() + metrics.inUse() <= maximum
                    && metrics.opened() >= metrics.closed();
            if (!sane) {
                pool.connections()
                        .note("at one moment the metrics of a pool of at most %d are %s".formatted(maximum, metrics));
            }
            Thread.yield();
        }
    }
}
