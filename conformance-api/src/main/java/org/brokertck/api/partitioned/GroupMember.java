package org.brokertck.api.partitioned;

import java.util.Set;

/** One member of a group. */
public interface GroupMember extends AutoCloseable {
    /**
     * The partitions that are this member's now; empty when it idles or has left. Counts of members differ by at most one once a
     * change has settled (rule L-8).
     */
    Set<Integer> partitions();

    /**
     * Leaves the group: running handlers finish and their records are committed, for at most
     * {@link PartitionedConfig#drainTimeout()}, after which they are interrupted; no further handler starts. The others take its
     * partitions over where it stopped. Allowed from any thread. Closing again does nothing but wait for the same end. Called
     * from inside a handler of this member it returns at once, and the member has left when that handler has returned (rule G-3).
     *
     * @throws org.brokertck.api.OperationInterruptedException when the thread is interrupted while it waits: the member leaves all
     *     the same, as though the drain timeout had run out
     */
    @Override
    void close();

    /**
     * Leaves the group as though the member had died: running handlers are interrupted, and whatever they end with commits nothing,
     * so that their records are handled again. Returns without waiting; the others take a partition over when its handler here has
     * returned (rule L-9).
     */
    void abandon();
}
