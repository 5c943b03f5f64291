package org.brokertck.tck.workload;

import java.util.List;

/**
 * What happens to one queue, one step after another, until it is closed.
 *
 * @param capacity the capacity of the queue
 * @param steps what happens
 * @param endings how the handlers end that still run when the queue is closed: the first one fails where bit 0 is set, and so on
 */
public record QueueSchedule(int capacity, List<QueueStep> steps, int endings) {
    /** Whether that handler fails during the close. */
    public boolean failsAtTheEnd(int handler) {
        return (endings >> handler & 1) == 1;
    }
}
