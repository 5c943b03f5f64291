package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** No call of a callback is lost unseen: those that must wait are made in their order, and those that fail are counted. */
public interface CallbackCountRules extends MonitorRules {
    /** Holds its first call up until it is let go, and remembers all. */
    final class Gated implements AlertCallback {
        private final Listener listener = new Listener();
        private final CountDownLatch gate = new CountDownLatch(1);
        private final Duration most;

        Gated(Duration most) {
            this.most = most;
        }

        @Override
        public void fired(Alert alert) {
            listener.fired(alert);
            try {
                if (!gate.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("the test forgot its gate");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void resolved(Alert alert) {
            listener.resolved(alert);
        }
    }

    /** While one call takes its time all others of its rule wait. A monitor may bound them, and then counts what it leaves out. */
    @Test
    @Verifies("O-6")
    default void callsThatWaitForOneThatTakesItsTimeAreMadeInTheirOrder() {
        int episodes = 8;
        Gated callback = new Gated(timeouts().await().multipliedBy(2));
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-6", hasty().build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("slowly told", Duration.ZERO, callback));
                for (int entries = 1; entries <= 2 * episodes; entries++) {
                    int due = entries;
                    monitor.depth("orders", entries % 2 == 1 ? 150 : 1);
                    monitor.awaitThat("entry " + due, it -> it.history().size(), it -> it == due);
                }
            } finally {
                callback.gate.countDown();
            }
            monitor.awaitThat(
                    "that the callback hears of %d entries, but for those that are counted as left out"
                            .formatted(2 * episodes),
                    it -> callback.listener.told().size() + counted(monitor, MetricNames.CALLBACKS_DROPPED),
                    it -> it >= 2 * episodes);
            requireInOrder(monitor, callback.listener.told());
        }
    }

    private static void requireInOrder(MonitorUnderTest monitor, List<Alert> told) {
        List<Alert> history = monitor.history();
        int next = 0;
        for (Alert entry : history) {
            if (next < told.size() && sameMoment(told.get(next), entry)) {
                next++;
            }
        }
        monitor.require(
                next == told.size(),
                "a callback was told %s, where the history says %s".formatted(states(told), states(history)));
    }

    private static boolean sameMoment(Alert one, Alert other) {
        return one.state() == other.state() && one.timestamp().equals(other.timestamp());
    }

    private static List<String> states(List<Alert> alerts) {
        return alerts.stream().map(it -> it.state() + " at " + it.timestamp()).toList();
    }

    /**
     * One throws, one returns when it is interrupted, and one throws when it is: each has failed once with the beginning of its
     * alert, and once with the end, unless that call was left out.
     */
    @Test
    @Verifies("O-8")
    default void callbacksThatThrowOrTakeTooLongAreCountedOnceEach() {
        Duration timeout = Duration.ofMillis(50);
        Duration most = timeouts().recovery();
        AlertCallback throwing = new Failing(() -> {
            throw new IllegalStateException("a callback that throws");
        });
        AlertCallback hanging = new Failing(() -> Hanging.untilInterrupted(most));
        AlertCallback both = new Failing(() -> {
            Hanging.untilInterrupted(most);
            throw new IllegalStateException("a callback that throws when it is interrupted");
        });
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "O-8", hasty().callbackTimeout(timeout).build())) {
            monitor.setUp(List.of(
                    AlertRulesFor.depth("throws", Duration.ZERO, throwing),
                    AlertRulesFor.depth("hangs", Duration.ZERO, hanging),
                    AlertRulesFor.depth("hangs and throws", Duration.ZERO, both)));
            monitor.depth("orders", 150);
            // Nothing waits yet, so that nothing may be left out.
            requireFailures(monitor, "fired", it -> counted(it, MetricNames.CALLBACK_FAILURES), 3);
            monitor.depth("orders", 1);
            requireFailures(monitor, "resolved", CallbackCountRules::failures, 6);
            monitor.closeNow();
            double counted = failures(monitor);
            monitor.require(
                    counted == 6,
                    "%s is %s in the end, where each of two calls of three callbacks failed once"
                            .formatted(MetricNames.CALLBACK_FAILURES, counted));
        }
    }

    private static void requireFailures(
            MonitorUnderTest monitor, String call, ToDoubleFunction<MonitorUnderTest> failures, int due) {
        monitor.awaitThat(
                "%s, where one callback threw when it was told of %s, one took longer than its timeout, and one did both"
                        .formatted(MetricNames.CALLBACK_FAILURES, call),
                it -> failures.applyAsDouble(monitor),
                it -> it >= due);
    }

    /** Those that were left out are as good as failed. */
    private static double failures(MonitorUnderTest monitor) {
        return counted(monitor, MetricNames.CALLBACK_FAILURES) + counted(monitor, MetricNames.CALLBACKS_DROPPED);
    }

    private static double counted(MonitorUnderTest monitor, String name) {
        return monitor.scrape().value(name, Map.of()).orElse(0);
    }

    /** Does something when it hears that an alert fires, and when it is over. */
    record Failing(Runnable failure) implements AlertCallback {
        @Override
        public void fired(Alert alert) {
            failure.run();
        }

        @Override
        public void resolved(Alert alert) {
            failure.run();
        }
    }
}
