package org.brokertck.tck.check.monitoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.history.monitoring.Sample;

/** From scrape to scrape no counter, and nothing that a histogram counts, becomes less or goes away (rule O-4). */
public final class CountersKeepUp implements Check<List<Exposition>> {
    @Override
    public Verdict judge(List<Exposition> scrapes) {
        Map<String, Double> last = new HashMap<>();
        for (int i = 0; i < scrapes.size(); i++) {
            Map<String, Double> now = counters(scrapes.get(i));
            for (Map.Entry<String, Double> before : last.entrySet()) {
                Double value = now.get(before.getKey());
                if (value == null) {
                    return Verdict.invalid("the counter %s stood at %s and is missing in scrape %d"
                            .formatted(before.getKey(), before.getValue(), i + 1));
                }
                if (value < before.getValue()) {
                    return Verdict.invalid("the counter %s went down from %s to %s in scrape %d"
                            .formatted(before.getKey(), before.getValue(), value, i + 1));
                }
            }
            last.putAll(now);
        }
        return Verdict.valid();
    }

    private static Map<String, Double> counters(Exposition scrape) {
        Map<String, Double> counters = new HashMap<>();
        for (Family family : scrape.families().values()) {
            if (family.isCounter() || family.isHistogram()) {
                for (Sample sample : family.samples()) {
                    counters.put(sample.series(), sample.value());
                }
            }
        }
        return counters;
    }
}
