package org.brokertck.tck.check.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.monitoring.ActiveSample;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;
import org.brokertck.tck.history.monitoring.GaugeReading;
import org.junit.jupiter.api.Test;

/** Alerts against the model, for a rule that fires when a depth is over 100 for a second; evaluation each 100 ms. */
class AlertChecksTest {
    private static final AlertRule RULE = AlertRule.builder("deep")
            .threshold(100)
            .duration(Duration.ofSeconds(1))
            .build();

    private final List<GaugeReading> readings = new ArrayList<>();
    private final List<AlertMoment> entries = new ArrayList<>();
    private final List<ActiveSample> samples = new ArrayList<>();

    private void depth(long at, long value) {
        readings.add(new GaugeReading(at, "orders", AlertMetric.QUEUE_DEPTH, value));
    }

    private static Alert alert(AlertState state, long since, long at, double value) {
        return Alert.of(RULE, "orders", state, value, Instant.ofEpochMilli(since), Instant.ofEpochMilli(at));
    }

    private void entry(AlertState state, long since, long at, double value) {
        entries.add(new AlertMoment(at, alert(state, since, at, value)));
    }

    private Verdict judge(Check<AlertHistory> check, long end) {
        List<Alert> told = entries.stream().map(AlertMoment::alert).toList();
        return check.judge(
                new AlertHistory(List.of(RULE), 100, end, readings, entries, samples, Map.of(RULE.name(), told)));
    }

    private void valid(Check<AlertHistory> check, long end) {
        assertThat(judge(check, end)).isInstanceOf(Verdict.Valid.class);
    }

    private void invalid(Check<AlertHistory> check, long end, String finding) {
        assertThat(judge(check, end))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class, it -> assertThat(it.finding()).contains(finding));
    }

    @Test
    void anEpisodeAsItMustBeIsValid() {
        depth(0, 150);
        depth(2000, 100);
        entry(AlertState.FIRING, 0, 1050, 150);
        entry(AlertState.RESOLVED, 0, 2000, 100);

        for (Check<AlertHistory> check : List.<Check<AlertHistory>>of(
                new FiresOnTime(), new OncePerEpisode(), new CallbacksTold(), new HistoryTells())) {
            valid(check, 5000);
        }
    }

    @Test
    void earlyLateAndMissingAlertsAreFound() {
        depth(0, 150);
        invalid(new FiresOnTime(), 1100, "did not fire");
        valid(new FiresOnTime(), 1099);
        entry(AlertState.FIRING, 0, 999, 150);
        invalid(new FiresOnTime(), 2000, "had held for 999 of 1000 ms only");
        entries.clear();
        entry(AlertState.FIRING, 0, 1101, 150);
        invalid(new FiresOnTime(), 2000, "101 ms late");
    }

    @Test
    void aLapseBeginsAnew() {
        depth(0, 150);
        depth(900, 100);
        depth(900, 150);
        valid(new FiresOnTime(), 1999);
        entry(AlertState.FIRING, 0, 1000, 150);
        invalid(new FiresOnTime(), 2500, "had held for 100 of 1000 ms only");
    }

    @Test
    void anEpisodeFiresAndEndsOnce() {
        depth(0, 150);
        depth(3000, 1);
        entry(AlertState.FIRING, 0, 1000, 150);
        invalid(new OncePerEpisode(), 3100, "was not marked resolved");
        entry(AlertState.FIRING, 0, 1100, 150);
        invalid(new OncePerEpisode(), 3100, "fired 2 times");
        entries.remove(1);
        entry(AlertState.RESOLVED, 0, 2999, 1);
        invalid(new OncePerEpisode(), 3100, "while its condition still held");
    }

    @Test
    void entriesTellTheTruth() {
        depth(0, 150);
        depth(500, 160);
        entry(AlertState.FIRING, 0, 1000, 150);
        invalid(new HistoryTells(), 1100, "has value 150.0");
        entries.clear();
        entry(AlertState.FIRING, 1000, 1000, 160);
        invalid(new HistoryTells(), 1100, "active since 1000 ms, where it was since 0 ms");
    }

    @Test
    void whatIsSaidToBeActiveIs() {
        depth(0, 150);
        samples.add(new ActiveSample(500, List.of(alert(AlertState.PENDING, 0, 0, 150))));
        valid(new ActiveAlertsTrue(), 500);
        samples.add(new ActiveSample(600, List.of(alert(AlertState.FIRING, 0, 600, 150))));
        invalid(new ActiveAlertsTrue(), 600, "has not held for its duration yet");
        samples.set(1, new ActiveSample(600, List.of()));
        invalid(new ActiveAlertsTrue(), 600, "is said to be active 0 times");
    }
}
