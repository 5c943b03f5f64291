package org.brokertck.tck.check.broker;

import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;

/** Rule M-8: of the messages of topics without a rule, each healthy broker takes its part, within 10 % of even. */
public final class SharesEven implements Check<Map<String, Integer>> {
    private static final double TOLERANCE = 0.1;

    @Override
    public Verdict judge(Map<String, Integer> takenBy) {
        int all = takenBy.values().stream().mapToInt(Integer::intValue).sum();
        double even = (double) all / takenBy.size();
        return takenBy.values().stream().allMatch(it -> Math.abs(it - even) <= Math.max(1, even * TOLERANCE))
                ? Verdict.valid()
                : Verdict.invalid(
                        "of %d messages the healthy brokers took %s, where %.0f each are due, give or take 10 %%"
                                .formatted(all, takenBy, even));
    }
}
