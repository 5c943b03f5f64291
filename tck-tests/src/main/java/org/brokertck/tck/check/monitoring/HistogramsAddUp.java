package org.brokertck.tck.check.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;
import org.jspecify.annotations.Nullable;

/** The buckets of every histogram are in order, cumulative and end with +Inf, which equals its count; its sum is there (rule O-3). */
public final class HistogramsAddUp implements Check<Exposition> {
    @Override
    public Verdict judge(Exposition metrics) {
        for (Family family : metrics.families().values()) {
            if (family.isHistogram()) {
                for (Map.Entry<Map<String, String>, List<Sample>> series :
                        bySeries(family).entrySet()) {
                    String problem = problem(family, series.getValue());
                    if (!problem.isEmpty()) {
                        return Verdict.invalid("histogram %s%s %s".formatted(family.name(), series.getKey(), problem));
                    }
                }
            }
        }
        return Verdict.valid();
    }

    private static Map<Map<String, String>, List<Sample>> bySeries(Family family) {
        Map<Map<String, String>, List<Sample>> series = new LinkedHashMap<>();
        for (Sample sample : family.samples()) {
            Map<String, String> labels = new HashMap<>(sample.labels());
            labels.remove("le");
            series.computeIfAbsent(labels, it -> new ArrayList<>()).add(sample);
        }
        return series;
    }

    private static String problem(Family family, List<Sample> samples) {
        double lastBound = Double.NEGATIVE_INFINITY;
        double lastCount = 0;
        for (Sample bucket : named(samples, family.name() + "_bucket")) {
            double bound = bound(bucket.labels().get("le"));
            if (!(bound > lastBound)) {
                return "has the bucket le=%s after that of %s"
                        .formatted(bucket.labels().get("le"), lastBound);
            }
            if (bucket.value() < lastCount) {
                return "has buckets that are not cumulative: %s up to %s, after %s"
                        .formatted(bucket.value(), bound, lastCount);
            }
            lastBound = bound;
            lastCount = bucket.value();
        }
        if (lastBound != Double.POSITIVE_INFINITY) {
            return "has no bucket for +Inf";
        }
        List<Sample> counts = named(samples, family.name() + "_count");
        if (counts.size() != 1 || counts.get(0).value() != lastCount) {
            return "counts %s in all, and %s up to +Inf"
                    .formatted(counts.stream().map(Sample::value).toList(), lastCount);
        }
        List<Sample> sums = named(samples, family.name() + "_sum");
        return sums.size() == 1 ? "" : "has %d sums".formatted(sums.size());
    }

    private static List<Sample> named(List<Sample> samples, String name) {
        return samples.stream().filter(it -> it.name().equals(name)).toList();
    }

    private static double bound(@Nullable String le) {
        if (le == null) {
            return Double.NaN;
        }
        try {
            return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
