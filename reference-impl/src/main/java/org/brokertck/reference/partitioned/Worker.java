package org.brokertck.reference.partitioned;

import java.util.concurrent.locks.LockSupport;

/**
 * The thread of a member: it goes round the member's partitions, handles what is there, and sleeps when there is nothing in any
 * of them. It starts with the first partition and ends when the member has left.
 */
final class Worker implements Runnable {
    /** How many records of one partition are handled before the others get their turn. */
    private static final int MOST_IN_A_RUN = 256;

    private final Member member;
    private final int mostInARun;
    private final Thread thread;
    private boolean started;

    Worker(Member member, String threadName, int batchSize) {
        this.member = member;
        this.mostInARun = Math.min(batchSize, MOST_IN_A_RUN);
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    /** Starts the thread, if it has not been. Under the lock of the groups. */
    void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    @Override
    public void run() {
        while (!member.isGone()) {
            boolean busy = false;
            for (Assignment assignment : member.assignments()) {
                busy |= assignment.run(mostInARun);
            }
            if (!busy) {
                sleep();
            }
        }
    }

    private void sleep() {
        for (Assignment assignment : member.assignments()) {
            assignment.cursor().partition().readerSleeps();
        }
        // What changed before this point is seen now, and what changes after it wakes this thread.
        if (!somethingIsReady() && !member.isGone()) {
            // With its flag set a thread would not sleep; it is of a handler that is over.
            Thread.interrupted();
            LockSupport.park(this);
        }
    }

    private boolean somethingIsReady() {
        for (Assignment assignment : member.assignments()) {
            if (assignment.isReady()) {
                return true;
            }
        }
        return false;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    Thread thread() {
        return thread;
    }
}
