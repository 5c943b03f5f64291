package org.brokertck.tck.workload.pubsub;

/**
 * One subscriber of a workload.
 *
 * @param pattern what it subscribes to
 * @param joinsAfter how many publishes must have begun before it subscribes; 0 to subscribe before the first
 * @param leavesAfter how many publishes must have begun before it leaves; {@link #NEVER} to stay
 * @param leaving how it leaves
 * @param busyMicros how long it takes over each message, in microseconds
 */
public record PlannedSubscriber(String pattern, int joinsAfter, int leavesAfter, Leaving leaving, int busyMicros) {
    /** It stays until the broker is closed. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** How a subscriber leaves. */
    public enum Leaving {
        /** It closes its subscription. */
        CLOSE,
        /** Its text is unsubscribed, and with it every other subscriber to the same text. */
        UNSUBSCRIBE
    }

    @Override
    public String toString() {
        String end = leavesAfter == NEVER ? "stays" : "leaves by " + leaving + " after " + leavesAfter;
        return "'" + pattern + "' joins after " + joinsAfter + " publishes, " + end + ", busy " + busyMicros + " µs";
    }
}
