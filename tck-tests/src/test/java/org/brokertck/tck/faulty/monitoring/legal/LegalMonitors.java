package org.brokertck.tck.faulty.monitoring.legal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.monitoring.plain.PlainAlert;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;
import org.brokertck.tck.faulty.monitoring.plain.PlainTarget;
import org.brokertck.tck.time.TckTimeouts;

/** All odd but legal monitors, by name. */
final class LegalMonitors {
    private LegalMonitors() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("Plain", PlainMonitor::new),
                PlainTarget.of("FiresAtTheNextEvaluation", it -> new PlainMonitor(it) {
                    private boolean evaluating;

                    @Override
                    protected synchronized void evaluate() {
                        evaluating = true;
                        super.evaluate();
                        evaluating = false;
                    }

                    @Override
                    protected boolean due(AlertRule rule, PlainAlert alert, long heldNanos) {
                        return evaluating && super.due(rule, alert, heldNanos);
                    }
                }),
                PlainTarget.of("CountsWithoutHurry", it -> new PlainMonitor(it) {
                    @Override
                    protected PlainQueue queue(String name) {
                        Thread.onSpinWait();
                        return super.queue(name);
                    }
                }),
                PlainTarget.of("CallbacksComeLate", it -> new PlainMonitor(it) {
                    @Override
                    protected void calling(Runnable call) {
                        LockSupport.parkNanos(TckTimeouts.current().tolerance().toNanos() / 200);
                        super.calling(call);
                    }
                }),
                PlainTarget.of("SlowClose", it -> new PlainMonitor(it) {
                    @Override
                    public void close() {
                        super.close();
                        LockSupport.parkNanos(TckTimeouts.current().tolerance().toNanos() / 30);
                    }
                }),
                PlainTarget.of("FurtherMetricsAndComments", it -> new PlainMonitor(it) {
                    @Override
                    public synchronized String scrape() {
                        String more =
                                "# A comment.\n\n# TYPE plain_info gauge\n# HELP plain_info More.\nplain_info{a=\"b\",} 1 1700000000000\n";
                        return more + super.scrape();
                    }
                }),
                PlainTarget.of("EvaluatesInAnotherOrder", it -> new PlainMonitor(it) {
                    @Override
                    protected void replace(List<AlertRule> valid) {
                        List<AlertRule> reversed = new ArrayList<>(valid);
                        Collections.reverse(reversed);
                        super.replace(List.copyOf(reversed));
                    }
                }));
    }
}
