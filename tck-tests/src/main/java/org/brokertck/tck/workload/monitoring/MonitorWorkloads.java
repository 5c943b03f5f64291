package org.brokertck.tck.workload.monitoring;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.Severity;
import org.brokertck.tck.workload.Shrinking;

/** The kinds of random workloads of monitors, for {@code @ForAll(supplier = …)}. */
public final class MonitorWorkloads {
    private static final int MOST_RULES = 4;
    private static final int MOST_READINGS = 40;
    private static final int QUEUES = 3;
    private static final int MOST_VALUE = 6;
    private static final int MOST_RECORDS = 60;

    private MonitorWorkloads() {}

    /** Gauges that go up and down around the thresholds of several rules. */
    public static final class Alerts implements ArbitrarySupplier<AlertWorkload> {
        @Override
        public Arbitrary<AlertWorkload> get() {
            return Shrinking.bounded(Combinators.combine(
                            rules().list().ofMinSize(1).ofMaxSize(MOST_RULES),
                            readings().list().ofMinSize(1).ofMaxSize(MOST_READINGS))
                    .as(AlertWorkload::new));
        }
    }

    /** Anything, recorded of queues whose names are hard to write. */
    public static final class Records implements ArbitrarySupplier<List<PlannedRecord>> {
        @Override
        public Arbitrary<List<PlannedRecord>> get() {
            return Shrinking.bounded(records(queueNames()).list().ofMinSize(1).ofMaxSize(MOST_RECORDS));
        }
    }

    /** Anything, recorded of a few queues. */
    public static final class FewQueues implements ArbitrarySupplier<List<PlannedRecord>> {
        @Override
        public Arbitrary<List<PlannedRecord>> get() {
            return Shrinking.bounded(records(Arbitraries.of("orders", "payments", "refunds"))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(MOST_RECORDS));
        }
    }

    private static Arbitrary<PlannedRecord> records(Arbitrary<String> queues) {
        return Combinators.combine(
                        Arbitraries.of(PlannedRecord.Kind.class),
                        queues,
                        Arbitraries.integers().between(0, 100_000))
                .as(PlannedRecord::new);
    }

    private static Arbitrary<String> queueNames() {
        return Arbitraries.strings()
                .withChars("abc \"\\{},=\nnäλ漢#.-")
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(it -> !it.isBlank() && !it.equals(QueueMonitor.OTHER_QUEUES));
    }

    private static Arbitrary<AlertMetric> gauges() {
        return Arbitraries.of(AlertMetric.QUEUE_DEPTH, AlertMetric.QUEUE_DEPTH, AlertMetric.IN_FLIGHT);
    }

    private static Arbitrary<PlannedRule> rules() {
        Arbitrary<Double> thresholds =
                Arbitraries.of(1.0, 2.0, 3.0, 3.0, 4.0, 2.5, Math.nextUp(3.0), Math.nextDown(3.0));
        return Combinators.combine(
                        gauges(),
                        Arbitraries.of(Condition.class),
                        thresholds,
                        Arbitraries.of(0L, 100L, 250L, 300L, 1000L),
                        Arbitraries.of(Severity.class),
                        Arbitraries.of("", "Add consumers.", "Say \"why\":\nlook at the logs."))
                .as(PlannedRule::new);
    }

    private static Arbitrary<PlannedReading> readings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, QUEUES - 1),
                        gauges(),
                        Arbitraries.longs().between(0, MOST_VALUE),
                        Arbitraries.of(0L, 1L, 50L, 99L, 100L, 101L, 249L, 251L, 400L, 999L, 1100L, 1500L))
                .as(PlannedReading::new);
    }
}
