package org.brokertck.performance.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.brokertck.performance.load.Load.Feed;

/**
 * One producer sends at a fixed rate, whatever happens to the records before, and latency counts from the time at which a record
 * was due. Until it is due the producer sleeps, the last stretch awake: a timer alone would be later than most brokers are.
 *
 * @param rate records per second
 * @param warmUp how long records are sent before they count
 * @param duration how long they count
 * @param patience how long nothing may arrive before the measurement is given up
 */
public record RateRun(double rate, Duration warmUp, Duration duration, Duration patience) {
    /** Sleeps end late by less than this. */
    private static final long AWAKE_NANOS = 200_000;

    /**
     * Measures one fresh instance.
     *
     * @param load of {@link Load#ENDLESS} stamps, since they tell times
     * @throws DiscardedException when a record was lost, came twice or was refused
     */
    public <T> Latency measure(Candidate<T> candidate, Load<T> load, Setup setup) throws Exception {
        Latencies latencies = new Latencies();
        Sending<T> sending;
        try (Lane<T> lane = candidate.open(setup.withProducers(1), latencies)) {
            sending = new Sending<>(lane.sender(), load.feeds().apply(0));
            sending.send(latencies);
            latencies.arrivals().await(sending.sent, patience);
        } catch (DiscardedException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new DiscardedException("sending failed: " + e, e);
        }
        Arrivals arrivals = latencies.arrivals();
        if (arrivals.received() != sending.sent || arrivals.sum() != sending.sum) {
            throw new DiscardedException("%,d records were sent, %,d arrived, and they are not the same"
                    .formatted(sending.sent, arrivals.received()));
        }
        return new Latency(latencies.sum(), sending.calls, sending.sentPerSecond);
    }

    private long records(Duration length) {
        return Math.round(rate * length.toNanos() / 1e9);
    }

    /** The producer's side of one measurement. */
    private final class Sending<T> {
        private final Sender<T> sender;
        private final Feed<T> feed;
        private final Histogram calls = Latencies.histogram();
        private long sent;
        private long sum;
        private double sentPerSecond;

        Sending(Sender<T> sender, Feed<T> feed) {
            this.sender = sender;
            this.feed = feed;
        }

        void send(Latencies latencies) throws Exception {
            long warm = records(warmUp);
            long all = warm + Math.max(1, records(duration));
            double interval = 1e9 / rate;
            long start = System.nanoTime() + AWAKE_NANOS;
            long from = start + (long) (warm * interval);
            latencies.countFrom(from);
            for (long i = 0; i < all; i++) {
                long due = start + (long) (i * interval);
                awaitTime(due);
                T item = feed.next(due);
                long begin = System.nanoTime();
                sender.send(item);
                if (i >= warm) {
                    calls.recordValue(System.nanoTime() - begin);
                }
                sent++;
                sum += Tally.fingerprint(due);
            }
            sentPerSecond = (all - warm) * 1e9 / Math.max(1, System.nanoTime() - from);
            sender.flush();
        }

        private void awaitTime(long due) {
            long left = due - System.nanoTime();
            while (left > 0) {
                if (left > AWAKE_NANOS) {
                    LockSupport.parkNanos(left - AWAKE_NANOS);
                } else {
                    Thread.onSpinWait();
                }
                left = due - System.nanoTime();
            }
        }
    }
}
