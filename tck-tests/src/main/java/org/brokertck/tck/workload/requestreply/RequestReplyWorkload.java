package org.brokertck.tck.workload.requestreply;

import java.util.List;

/**
 * Who asks what, and how many answer.
 *
 * @param requesters what each requester asks, in turn
 * @param responders how many responders each topic has
 */
public record RequestReplyWorkload(List<List<PlannedRequest>> requesters, List<Integer> responders) {
    @Override
    public String toString() {
        return "requesters ask %s; responders of each topic: %s".formatted(requesters, responders);
    }
}
