package org.brokertck.performance.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Producers send as fast as they can for a while; the clock stops when the last record has arrived. A first stretch warms the
 * instance up and is not counted.
 *
 * @param warmUp how long the first stretch takes
 * @param duration how long producers send in the counted one
 * @param patience how long nothing may arrive before the measurement is given up
 */
public record ThroughputRun(Duration warmUp, Duration duration, Duration patience) {
    /**
     * Measures one fresh instance.
     *
     * @throws DiscardedException when a record was lost, came twice or was refused
     */
    public <T> Throughput measure(Candidate<T> candidate, Load<T> load, Setup setup) throws Exception {
        Arrivals arrivals = new Arrivals();
        Totals totals = new Totals();
        Throughput result;
        try (Lane<T> lane = candidate.open(setup, arrivals)) {
            stretch(lane, load, setup, warmUp, arrivals, totals);
            result = stretch(lane, load, setup, duration, arrivals, totals);
        }
        totals.compare(arrivals);
        return result;
    }

    private <T> Throughput stretch(
            Lane<T> lane, Load<T> load, Setup setup, Duration length, Arrivals arrivals, Totals totals)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(setup.producers() + 1);
        CyclicBarrier end = new CyclicBarrier(setup.producers() + 1);
        List<Producer<T>> producers = new ArrayList<>();
        for (int i = 0; i < setup.producers(); i++) {
            producers.add(new Producer<>(i, lane, load, length.toNanos(), start, end));
        }
        start.await();
        AllocationMeter meter = AllocationMeter.start();
        long begin = System.nanoTime();
        start.await();
        awaitEnd(end, length);
        try {
            long sent = totals.add(producers);
            long nanos = arrivals.await(totals.records, patience) - begin;
            return new Throughput(sent, nanos, meter.bytes());
        } finally {
            end.await();
            for (Producer<T> producer : producers) {
                producer.join();
            }
        }
    }

    private void awaitEnd(CyclicBarrier end, Duration length) throws Exception {
        try {
            end.await(length.plus(patience).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DiscardedException("a producer still sends " + patience.toSeconds() + " s after its time", e);
        }
    }

    /** What was sent over all stretches. */
    private static final class Totals {
        private long records;
        private long sum;

        <T> long add(List<Producer<T>> producers) {
            long sent = 0;
            for (Producer<T> producer : producers) {
                if (producer.failure() != null) {
                    throw new DiscardedException("a producer failed: " + producer.failure(), producer.failure());
                }
                sent += producer.sent();
                sum += producer.sum();
            }
            records += sent;
            return sent;
        }

        void compare(Arrivals arrivals) {
            if (arrivals.received() != records) {
                throw new DiscardedException(
                        "%,d records were sent, %,d arrived".formatted(records, arrivals.received()));
            }
            if (arrivals.sum() != sum) {
                throw new DiscardedException("of %,d records some came twice and others not at all".formatted(records));
            }
        }
    }
}
