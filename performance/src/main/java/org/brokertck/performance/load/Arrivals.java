package org.brokertck.performance.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts what arrives, each thread for itself, and knows when all of it is there. The sum of the {@link Tally#fingerprint}s tells
 * whether the right records came, each once.
 */
public final class Arrivals implements Sink {
    private final List<Tally> tallies = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Tally> own = ThreadLocal.withInitial(this::register);
    /** Set once it is known how many were sent: from then on each arrival looks whether it was the last. */
    private volatile @Nullable Goal goal;

    @Override
    public void accept(long stamp) {
        own.get().add(stamp);
        Goal wanted = goal;
        if (wanted != null) {
            wanted.look(received());
        }
    }

    @Override
    public long received() {
        long received = 0;
        for (Tally tally : tallies) {
            received += tally.count();
        }
        return received;
    }

    /** The sum of the fingerprints of all that arrived. */
    long sum() {
        return tallies.stream().mapToLong(Tally::sum).sum();
    }

    /**
     * Waits until so many have arrived since the beginning.
     *
     * @param patience how long to wait while nothing more arrives
     * @return when the last one arrived, as {@link System#nanoTime}
     * @throws DiscardedException when they do not
     */
    public long await(long records, Duration patience) throws InterruptedException {
        Goal wanted = new Goal(records);
        goal = wanted;
        long before = received();
        long since = System.nanoTime();
        // An arrival that missed the goal by a moment is not seen to be the last by its own thread, hence a look now
        // and then.
        while (!wanted.isReached(received())) {
            long now = received();
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                throw new DiscardedException("%,d records were sent, %,d arrived, and nothing more for %d s"
                        .formatted(records, now, patience.toSeconds()));
            }
        }
        goal = null;
        return wanted.reachedAt;
    }

    private Tally register() {
        Tally tally = new Tally();
        tallies.add(tally);
        return tally;
    }

    /** A number of records that someone waits for. */
    private static final class Goal {
        private final long records;
        private final CountDownLatch reached = new CountDownLatch(1);
        private volatile long reachedAt;

        Goal(long records) {
            this.records = records;
        }

        synchronized void look(long received) {
            if (received >= records && reached.getCount() > 0) {
                reachedAt = System.nanoTime();
                reached.countDown();
            }
        }

        boolean isReached(long received) throws InterruptedException {
            look(received);
            return reached.await(1, TimeUnit.MILLISECONDS);
        }
    }
}
