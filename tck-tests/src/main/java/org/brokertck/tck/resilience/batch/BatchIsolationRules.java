package org.brokertck.tck.resilience.batch;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Processors with different names share nothing. */
public interface BatchIsolationRules extends BatchRules {
    @Test
    @Verifies("G-11")
    default void processorsWhoseNamesContainEachOtherShareNothing() {
        shareNothing(6);
    }

    @Property
    @Verifies("G-11")
    default void processorsWithDifferentNamesShareNothing(@ForAll @IntRange(min = 2, max = 6) int count) {
        shareNothing(count);
    }

    /** Names that contain each other, or differ in case; items are added to each in turn, and the last one is closed first. */
    private void shareNothing(int count) {
        String base = Names.fresh("G-11");
        List<String> suffixes = List.of("", "-a", "-A", ".a", "-a-a", "-a.a");
        List<BatchUnderTest> all = new ArrayList<>();
        try {
            for (String suffix : suffixes.subList(0, count)) {
                all.add(BatchUnderTest.open(this, target(), "G-11", base + suffix, config().build()));
            }
            for (int i = 0; i < count; i++) {
                String name = base + suffixes.get(i);
                all.get(i)
                        .require(
                                all.get(i).unrecorded().name().equals(name),
                                "a processor opened as '%s' is called '%s'"
                                        .formatted(name, all.get(i).unrecorded().name()));
            }
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < count; i++) {
                    all.get(i).add(i + "-" + round);
                }
            }
            all.get(count - 1).closeNow();
            for (int i = 0; i < count; i++) {
                BatchUnderTest batch = all.get(i);
                batch.awaitFlushes(i == count - 1 ? 2 : 1);
                batch.requireUnflushed(i == count - 1 ? List.of() : List.of(i + "-3", i + "-4"));
                batch.requireSound();
            }
        } finally {
            all.forEach(BatchUnderTest::close);
        }
    }
}
