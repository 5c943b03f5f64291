package org.brokertck.benchmarks.watched;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.performance.load.Arrivals;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Load;
import org.brokertck.performance.load.Load.Feed;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;

/**
 * A candidate at work: its consumers run, and each producer takes steps. As there is room for few records beside those of an iteration,
 * producers go no faster than consumers before long.
 */
final class Job<T> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lane<T> lane;
    private final Load<T> load;
    private final Arrivals arrivals;
    private final AtomicInteger producers = new AtomicInteger();
    private final List<Steps<T>> steps = new CopyOnWriteArrayList<>();

    private Job(Lane<T> lane, Load<T> load, Arrivals arrivals) {
        this.lane = lane;
        this.load = load;
        this.arrivals = arrivals;
    }

    static <T> Job<T> open(Candidate<T> candidate, Load<T> load, Setup setup) throws Exception {
        Arrivals arrivals = new Arrivals();
        return new Job<>(candidate.open(setup, arrivals), load, arrivals);
    }

    /** What one more producer does, for one thread. */
    Steps<T> steps() throws Exception {
        Steps<T> more = new Steps<>(lane.sender(), load.feeds().apply(producers.getAndIncrement()), load.cycle() - 1);
        steps.add(more);
        return more;
    }

    /**
     * Waits until everything has arrived, and ends.
     *
     * @throws org.brokertck.performance.load.DiscardedException when something does not
     */
    @Override
    public void close() throws Exception {
        try (lane) {
            for (Steps<T> each : steps) {
                each.sender.flush();
            }
            long unused = arrivals.await(steps.stream().mapToLong(it -> it.sent).sum(), PATIENCE);
        }
    }

    /** The records of one producer, one by one. */
    static final class Steps<T> {
        private final Sender<T> sender;
        private final Feed<T> feed;
        private final long last;
        private long sent;

        private Steps(Sender<T> sender, Feed<T> feed, long last) {
            this.sender = sender;
            this.feed = feed;
            this.last = last;
        }

        /** Sends one record. */
        void take() throws Exception {
            sender.send(feed.next(sent & last));
            sent++;
        }
    }
}
