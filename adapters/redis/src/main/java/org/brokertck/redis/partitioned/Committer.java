package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that tells the server how far handlers have come: of all partitions with one command, as often as it gets an answer.
 * Meanwhile the handlers go on; what the server does not know yet when this process dies is handled again.
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final LogParts parts;
    private final Set<OwnedPartition> noted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private final Loop loop;

    Committer(LogParts parts) {
        this.parts = parts;
        this.loop = new Loop(parts.threadName("committer"), INTERVAL, this::commit);
    }

    Loop loop() {
        return loop;
    }

    /** A partition has come further. */
    void note(OwnedPartition partition) {
        noted.add(partition);
        loop.ask();
    }

    /**
     * Keeps a dead record; says so until the server has heard it.
     *
     * @return false when the partition is not this owner's any more, or the broker is at its end
     */
    boolean bury(OwnedPartition partition, DeadRecord dead) {
        Patience patience = new Patience();
        while (true) {
            try {
                Deadline deadline = Deadline.in(LogParts.TIMEOUT);
                Wire wire = parts.wires().connected(Wires.Use.CONTROL, deadline);
                boolean kept = parts.groups().bury(wire, deadline.left(), partition.group(), partition.owner(), dead);
                if (!kept) {
                    partition.lose();
                }
                return kept;
            } catch (RedisFailure e) {
                LOG.debug("A dead record waits for Redis ({})", e.text());
            } catch (InterruptedException e) {
                LOG.trace("Interrupted while a dead record waits for Redis");
            }
            boolean unused = Thread.interrupted();
            if (partition.isLost() || isGivenUp(patience.next())) {
                return false;
            }
        }
    }

    /** From now on nothing is tried for long. */
    void giveUp() {
        givenUp.countDown();
    }

    private boolean isGivenUp(Duration wait) {
        try {
            return givenUp.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return givenUp.getCount() == 0;
        }
    }

    private void commit() throws InterruptedException {
        List<OwnedPartition> some = new ArrayList<>();
        List<Progress> told = new ArrayList<>();
        for (OwnedPartition each : List.copyOf(noted)) {
            // Before the look: what comes after it notes itself again.
            noted.remove(each);
            Progress progress = each.progress();
            if (progress != null) {
                some.add(each);
                told.add(progress);
            } else {
                each.endIfDone();
            }
        }
        if (some.isEmpty()) {
            return;
        }
        boolean done = false;
        try {
            Wire wire = parts.wires().connected(Wires.Use.CONTROL, Deadline.in(LogParts.TIMEOUT));
            List<Boolean> answers = parts.groups().commit(wire, LogParts.TIMEOUT, told);
            done = true;
            for (int i = 0; i < some.size(); i++) {
                if (answers.get(i)) {
                    some.get(i).committed(told.get(i));
                } else {
                    some.get(i).lose();
                }
                some.get(i).endIfDone();
            }
        } finally {
            if (!done) {
                noted.addAll(some);
            }
        }
    }
}
