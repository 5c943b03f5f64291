package org.brokertck.tck.run;

import java.util.Objects;
import org.brokertck.api.target.ConformanceTarget;
import org.jspecify.annotations.Nullable;

/**
 * The target that the ready-made suites take. One at a time: targets are run one after another, since neither engine hands a
 * parameter to the hooks of a test.
 */
public final class CurrentTarget {
    private static volatile @Nullable ConformanceTarget current;

    private CurrentTarget() {}

    /** Sets the target for all suites from now on. */
    public static void use(ConformanceTarget target) {
        current = Objects.requireNonNull(target, "target");
    }

    /**
     * The target set last.
     *
     * @throws IllegalStateException when none was set
     */
    public static ConformanceTarget get() {
        ConformanceTarget target = current;
        if (target == null) {
            throw new IllegalStateException(
                    "No target: call CurrentTarget.use(…) in a @BeforeSuite method of the suite class");
        }
        return target;
    }
}
