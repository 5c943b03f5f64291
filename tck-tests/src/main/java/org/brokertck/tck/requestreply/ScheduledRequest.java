package org.brokertck.tck.requestreply;

import java.time.Instant;
import org.brokertck.tck.history.requestreply.Ending;

/** A request of a schedule, and how it stands. */
final class ScheduledRequest {
    private final String id;
    private final String topic;
    private final boolean waits;
    private final Instant deadline;
    private final Runnable giveUp;
    private boolean taken;
    private boolean mayBeDeserted;
    private Ending due = Ending.PENDING;

    /**
     * @param waits whether its requester waits for it
     * @param deadline when its time is up
     * @param giveUp cancels its future, or interrupts whoever waits for it
     */
    ScheduledRequest(String id, String topic, boolean waits, Instant deadline, Runnable giveUp) {
        this.id = id;
        this.topic = topic;
        this.waits = waits;
        this.deadline = deadline;
        this.giveUp = giveUp;
    }

    String id() {
        return id;
    }

    String topic() {
        return topic;
    }

    boolean waits() {
        return waits;
    }

    boolean isPending() {
        return due == Ending.PENDING;
    }

    /** Whether it waits for a responder. */
    boolean isInLine() {
        return isPending() && !taken;
    }

    boolean isTaken() {
        return taken;
    }

    /** A responder has it. */
    void isGiven() {
        taken = true;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(deadline);
    }

    /** How it must have ended. */
    Ending due() {
        return due;
    }

    /** From now on it must have ended like this; the first ending counts. */
    void ends(Ending ending) {
        if (isPending()) {
            due = ending;
        }
    }

    /**
     * Its time is up.
     *
     * @param deserted whether nobody responds to its topic any more: one that nobody has taken may be told of that instead
     */
    void timesOut(boolean deserted) {
        ends(Ending.TIMED_OUT);
        mayBeDeserted = deserted && !taken;
    }

    /** Whether it may have ended like this. */
    boolean mayHaveEnded(Ending found) {
        if (mayBeDeserted && found == Ending.NO_RESPONDER) {
            due = found;
        }
        return found == due;
    }

    void giveUp() {
        giveUp.run();
        ends(Ending.GIVEN_UP);
    }
}
