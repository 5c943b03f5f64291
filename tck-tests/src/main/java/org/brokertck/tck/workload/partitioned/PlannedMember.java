package org.brokertck.tck.workload.partitioned;

/**
 * One member of a workload.
 *
 * @param group its group
 * @param joinsAfter how many attempts must have begun before it joins; 0 to join before anything is produced
 * @param endsAfter how many attempts must have begun before it comes to its end
 * @param end what becomes of it
 * @param busyMicros how long each of its handlers takes, in microseconds
 */
public record PlannedMember(String group, int joinsAfter, int endsAfter, End end, int busyMicros) {
    /** What becomes of a member. */
    public enum End {
        /** It stays until the broker is shut down. */
        STAYS,
        /** It is closed. */
        LEAVES,
        /** It is abandoned. */
        DIES,
        /** One of its handlers is held for a while, whatever interrupts it, and goes on. */
        STALLS,
        /** One of its handlers is held for a while, whatever interrupts it, in which the member is abandoned. */
        STALLS_AND_DIES
    }

    /** Whether it is there from the start to the end. */
    public boolean stays() {
        return joinsAfter == 0 && end == End.STAYS;
    }

    /** Whether one of its handlers is held. */
    public boolean stalls() {
        return end == End.STALLS || end == End.STALLS_AND_DIES;
    }

    @Override
    public String toString() {
        String ending =
                end == End.STAYS ? "stays" : end.name().toLowerCase(java.util.Locale.ROOT) + " after " + endsAfter;
        return "%s: joins after %d attempts, %s, busy %d µs".formatted(group, joinsAfter, ending, busyMicros);
    }
}
