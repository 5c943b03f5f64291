package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Pools with different names share nothing. */
public interface PoolIsolationRules extends PoolRules {
    @Test
    @Verifies("G-11")
    default void poolsWhoseNamesContainEachOtherShareNothing() {
        shareNothing(6);
    }

    @Property
    @Verifies("G-11")
    default void poolsWithDifferentNamesShareNothing(@ForAll @IntRange(min = 2, max = 6) int count) {
        shareNothing(count);
    }

    /** Names that contain each other, or differ in case; each pool is filled, and the last one closed. */
    private void shareNothing(int count) {
        String base = Names.fresh("G-11");
        List<String> suffixes = List.of("", "-a", "-A", ".a", "-a-a", "-a.a");
        List<PoolUnderTest> pools = new ArrayList<>();
        try {
            for (String suffix : suffixes.subList(0, count)) {
                pools.add(PoolUnderTest.open(
                        this,
                        target(),
                        "G-11",
                        base + suffix,
                        config().maxSize(1).build()));
            }
            for (int i = 0; i < count; i++) {
                PoolUnderTest pool = pools.get(i);
                String name = base + suffixes.get(i);
                pool.require(
                        pool.unrecorded().name().equals(name),
                        "a pool opened as '%s' is called '%s'"
                                .formatted(name, pool.unrecorded().name()));
                pool.borrow();
                pool.refused(PoolExhaustedException.class, pool.start(Duration.ZERO));
                pool.requireMetrics(new PoolMetrics(0, 1, 0, 1, 0, 1));
                pool.require(
                        pool.connections().open() == 1,
                        "a pool lent a connection that another pool's factory had opened");
            }
            pools.get(count - 1).close();
            for (PoolUnderTest pool : pools.subList(0, count - 1)) {
                pool.requireMetrics(new PoolMetrics(0, 1, 0, 1, 0, 1));
            }
        } finally {
            pools.forEach(PoolUnderTest::close);
        }
    }
}
