package org.brokertck.api.partitioned;

/** What a member of a group does with a record. Returning normally commits it; throwing anything, an Error included, is failure. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Handles one attempt at one record. A handler may produce, and may leave its own group or shut its own broker down. It is
     * interrupted when a drain timeout runs out while it is still busy.
     *
     * @throws Exception to fail this attempt
     */
    void handle(PartitionRecord record) throws Exception;
}
