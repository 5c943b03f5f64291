package org.brokertck.tck.history;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The few events that matter to a finding, in words, by time. */
public final class Timeline {
    private static final int LONGEST = 20;

    private Timeline() {}

    /** One line an event: milliseconds since the first of them, and what happened. Long ones are cut in the middle. */
    public static String render(List<? extends Moment> moments) {
        List<? extends Moment> sorted = moments.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Moment::at))
                .toList();
        if (sorted.isEmpty()) {
            return "";
        }
        long start = sorted.get(0).at();
        if (sorted.size() <= LONGEST) {
            return lines(sorted, start);
        }
        int half = LONGEST / 2;
        return lines(sorted.subList(0, half), start)
                + "\n    … " + (sorted.size() - LONGEST) + " more …\n"
                + lines(sorted.subList(sorted.size() - half, sorted.size()), start);
    }

    private static String lines(List<? extends Moment> moments, long start) {
        return moments.stream()
                .map(it -> String.format(Locale.ROOT, "%12.3f  %s", (it.at() - start) / 1e6, it.describe()))
                .collect(Collectors.joining("\n"));
    }
}
