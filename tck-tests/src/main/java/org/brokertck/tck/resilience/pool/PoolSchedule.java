package org.brokertck.tck.resilience.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.tck.workload.resilience.PoolStep;

/**
 * Leads a pool through a schedule, one step at a time, and knows after each step who must have been served: the first in line, as
 * long as fewer connections are lent than there may be.
 */
final class PoolSchedule {
    private final PoolUnderTest pool;
    private final int maximum;
    private final List<Lease> lent = new ArrayList<>();
    private final ArrayDeque<Borrower> line = new ArrayDeque<>();
    private long timeouts;
    private int unavailable;

    PoolSchedule(PoolUnderTest pool) {
        this.pool = pool;
        this.maximum = pool.config().maxSize();
    }

    /** Runs all steps, and then gives back all that is lent until nobody waits any more. */
    void run(List<PoolStep> steps) {
        for (PoolStep step : steps) {
            run(step);
            serve();
            requireFigures();
        }
        while (!lent.isEmpty()) {
            pool.giveBack(lent.remove(0));
            serve();
        }
        requireFigures();
    }

    private void run(PoolStep step) {
        switch (step.kind()) {
            case BORROW -> borrow();
            case BORROW_AT_ONCE -> borrowAtOnce();
            case GIVE_BACK -> endOne(step, Lease::giveBack);
            case DISCARD -> endOne(step, Lease::discard);
            case BREAK_IDLE -> pool.connections().breakIdle();
            case FAIL_NEXT -> pool.connections().failNext(new IOException("planned"));
            case INTERRUPT -> interrupt(step);
        }
    }

    private void borrow() {
        boolean waits = lent.size() == maximum;
        line.addLast(waits ? pool.startWaiting(line.size() + 1) : pool.start());
    }

    private void borrowAtOnce() {
        Borrower borrower = pool.start(Duration.ZERO);
        if (lent.size() == maximum) {
            pool.refused(PoolExhaustedException.class, borrower);
            timeouts++;
        } else {
            settle(borrower);
        }
    }

    private void endOne(PoolStep step, java.util.function.Consumer<Lease> how) {
        if (!lent.isEmpty()) {
            Lease lease = lent.remove(step.which() % lent.size());
            pool.run(step.kind() + " of " + lease.connection(), () -> how.accept(lease));
        }
    }

    private void interrupt(PoolStep step) {
        if (!line.isEmpty()) {
            Borrower borrower = List.copyOf(line).get(step.which() % line.size());
            line.remove(borrower);
            borrower.interrupt();
            pool.refused(OperationInterruptedException.class, borrower);
        }
    }

    /** Whoever is due is served; whoever is not still waits. */
    private void serve() {
        while (!line.isEmpty() && lent.size() < maximum) {
            settle(line.removeFirst());
        }
        line.stream().filter(Borrower::isDone).findFirst().ifPresent(it -> {
            throw pool.violation("%s is to wait for its turn, with %d of %d connections lent, and %s"
                    .formatted(it, lent.size(), maximum, it.ending()));
        });
    }

    /** A borrower for whom there is a place has a connection, unless one had to be opened in vain. */
    private void settle(Borrower borrower) {
        pool.await(borrower);
        borrower.lease().ifPresent(lent::add);
        if (borrower.lease().isEmpty()) {
            pool.refused(BrokerUnavailableException.class, borrower);
            unavailable++;
            pool.require(
                    pool.connections().failures() >= unavailable,
                    "%s %s, and no connection was opened in vain".formatted(borrower, borrower.ending()));
        }
    }

    private void requireFigures() {
        PoolMetrics metrics = pool.metrics();
        pool.require(
                metrics.inUse() == lent.size()
                        && metrics.waiting() == line.size()
                        && metrics.timeouts() == timeouts
                        && metrics.idle() + metrics.inUse() <= maximum
                        && metrics.opened() - metrics.closed() == metrics.idle() + metrics.inUse(),
                "%d of %d connections are lent, %d borrowers wait and %d waited in vain, and the metrics are %s"
                        .formatted(lent.size(), maximum, line.size(), timeouts, metrics));
        pool.requireSound();
    }
}
