package org.brokertck.tck.check.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;

/** The metrics of the contract are all there, and these and all others are named and described by convention (rule O-3). */
public final class Conventions implements Check<Exposition> {
    private static final int LEAST = 15;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern NO_BASE_UNIT = Pattern.compile(
            ".*_(ns|nanos|nanoseconds|us|micros|microseconds|ms|millis|milliseconds|minutes|hours|kb|mb|kilobytes|megabytes|bits|percent)(_total)?");

    @Override
    public Verdict judge(Exposition metrics) {
        for (Family family : metrics.families().values()) {
            String problem = problem(family);
            if (!problem.isEmpty()) {
                return Verdict.invalid("metric %s %s".formatted(family.name(), problem));
            }
        }
        List<String> due = new ArrayList<>(MetricNames.BY_QUEUE);
        due.addAll(MetricNames.OVERALL);
        for (String name : due) {
            String problem = missing(metrics, name);
            if (!problem.isEmpty()) {
                return Verdict.invalid("metric %s %s".formatted(name, problem));
            }
        }
        int number = metrics.families().size();
        return number < LEAST
                ? Verdict.invalid("there are %d metrics only, where %d are due".formatted(number, LEAST))
                : Verdict.valid();
    }

    private static String problem(Family family) {
        if (!NAME.matcher(family.name()).matches()) {
            return "is not named in small letters, digits and single underscores";
        }
        if (NO_BASE_UNIT.matcher(family.name()).matches()) {
            return "is not in a base unit: seconds, bytes and ratios are";
        }
        if (family.isCounter() != family.name().endsWith("_total")) {
            return family.isCounter()
                    ? "is a counter whose name does not end in _total"
                    : "has a name that ends in _total, and is a " + family.type();
        }
        if (family.help().isBlank()) {
            return "has a HELP that says nothing";
        }
        return family.samples().stream()
                .filter(it -> family.isCounter() && !(it.value() >= 0))
                .findFirst()
                .map(it -> "has a counter that stands at " + it.value())
                .orElse("");
    }

    private static String missing(Exposition metrics, String name) {
        Family family = metrics.families().get(name);
        if (family == null) {
            return "is missing, or has no series after everything was recorded";
        }
        String type = name.endsWith("_total")
                ? "counter"
                : name.equals(MetricNames.PROCESSING_SECONDS) ? "histogram" : "gauge";
        if (!family.type().equals(type)) {
            return "is a %s, where a %s is due".formatted(family.type(), type);
        }
        boolean byQueue = MetricNames.BY_QUEUE.contains(name);
        for (Sample sample : family.samples()) {
            Map<String, String> labels = new HashMap<>(sample.labels());
            labels.remove("le");
            boolean asDue = byQueue
                    ? labels.keySet().equals(Set.of(MetricNames.QUEUE))
                    : labels.isEmpty() && family.samples().size() == 1;
            if (!asDue) {
                return "has the labels %s, where %s due"
                        .formatted(sample.labels().keySet(), byQueue ? "the queue alone is" : "none are");
            }
        }
        return "";
    }
}
