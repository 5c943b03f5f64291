package org.brokertck.tck.workload;

/**
 * One consumer of a workload.
 *
 * @param joinsAfter how many attempts must have begun before it joins; 0 to join at once
 * @param leavesAfter how many attempts must have begun before it leaves; {@link #NEVER} to stay
 * @param busyMicros how long each of its handlers takes, in microseconds
 */
public record PlannedConsumer(int joinsAfter, int leavesAfter, int busyMicros) {
    /** It stays until the queue is closed. */
    public static final int NEVER = Integer.MAX_VALUE;

    @Override
    public String toString() {
        String leaving = leavesAfter == NEVER ? "stays" : "leaves after " + leavesAfter;
        return "joins after " + joinsAfter + " attempts, " + leaving + ", busy " + busyMicros + " µs";
    }
}
