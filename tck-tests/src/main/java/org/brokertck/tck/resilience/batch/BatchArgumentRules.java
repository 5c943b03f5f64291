package org.brokertck.tck.resilience.batch;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** No item is refused at once and changes nothing. */
public interface BatchArgumentRules extends BatchRules {
    @Test
    @Verifies("G-1")
    default void noItemIsRefusedByName() {
        refuseNull(2);
    }

    @Property
    @Verifies("G-1")
    default void noItemChangesNothing(@ForAll @IntRange(max = 2) int before) {
        refuseNull(before);
    }

    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    private void refuseNull(int before) {
        try (BatchUnderTest batch = BatchUnderTest.open(this, "G-1", config().build())) {
            batch.addNumbered(before);
            for (int i = 0; i < 3; i++) {
                RuntimeException refusal = batch.refused(
                        RuntimeException.class,
                        "add of null",
                        () -> batch.unrecorded().add(null));
                batch.require(
                        refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                        "add of null threw %s where NullPointerException is due".formatted(refusal));
                batch.require(
                        String.valueOf(refusal.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("item"),
                        "the refusal does not name the argument 'item': " + refusal);
            }
            batch.requireMetrics(new BatchMetrics(before, 0, 0, 0));
            batch.addNumbered(3 - before);
            batch.awaitFlushes(1);
            batch.requireUnflushed(List.of());
            batch.requireSound();
        }
    }
}
