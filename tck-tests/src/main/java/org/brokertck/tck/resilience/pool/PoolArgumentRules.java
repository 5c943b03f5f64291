package org.brokertck.tck.resilience.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid timeouts are refused at once and change nothing. */
public interface PoolArgumentRules extends PoolRules {
    /** The calls with an invalid argument. */
    enum InvalidBorrow {
        /** A null timeout. */
        NULL,
        /** A timeout of less than nothing. */
        NEGATIVE,
        /** A timeout of very much less than nothing. */
        VERY_NEGATIVE;

        @SuppressWarnings({"NullAway", "resource"}) // null where it is not allowed is the point
        private void make(PoolUnderTest pool) {
            switch (this) {
                case NULL -> pool.unrecorded().borrow(null);
                case NEGATIVE -> pool.unrecorded().borrow(Duration.ofNanos(-1));
                case VERY_NEGATIVE -> pool.unrecorded().borrow(Duration.ofSeconds(Long.MIN_VALUE));
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidTimeoutsAreRefusedByName() {
        refuseAll(List.of(InvalidBorrow.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidTimeoutsChangeNothing(@ForAll @Size(min = 1, max = 6) List<InvalidBorrow> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidBorrow> calls) {
        try (PoolUnderTest pool = PoolUnderTest.open(this, "G-1", config().build())) {
            Lease lease = pool.borrow();
            for (InvalidBorrow call : calls) {
                RuntimeException refusal = pool.refusedCall(
                        RuntimeException.class, "borrow with a timeout that is " + call, () -> call.make(pool));
                pool.require(
                        refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                        "borrow with a timeout that is %s threw %s where NullPointerException or IllegalArgumentException is due"
                                .formatted(call, refusal));
                pool.require(
                        String.valueOf(refusal.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("timeout"),
                        "the refusal of a timeout that is %s does not name the argument 'timeout': %s"
                                .formatted(call, refusal));
            }
            pool.requireMetrics(new PoolMetrics(0, 1, 0, 1, 0, 0));
            pool.giveBack(lease);
            pool.requireNoLeak();
        }
    }

    /** The longest of all timeouts is one as good as any. */
    @Test
    @Verifies("G-1")
    default void theLongestTimeoutIsNoInvalidOne() {
        try (PoolUnderTest pool =
                PoolUnderTest.open(this, "G-1", config().maxSize(1).build())) {
            Lease lease = pool.borrow();
            Borrower patient = pool.start(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
            pool.awaitMetrics("a borrower waits for ever", it -> it.waiting() == 1 || patient.isDone());
            pool.giveBack(lease);
            pool.giveBack(pool.borrowed(patient));
        }
    }
}
