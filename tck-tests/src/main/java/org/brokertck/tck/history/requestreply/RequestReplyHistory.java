package org.brokertck.tck.history.requestreply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.tck.history.Moment;

/**
 * What happened.
 *
 * @param requests all requests; their ids differ
 * @param handlings all calls of handlers
 */
public record RequestReplyHistory(List<RequestCall> requests, List<Handling> handlings) {
    /** Isolates the lists. */
    public RequestReplyHistory {
        requests = List.copyOf(requests);
        handlings = List.copyOf(handlings);
    }

    /** The requests by their names. */
    public Map<String, RequestCall> requestsById() {
        return requests.stream().collect(Collectors.toMap(RequestCall::id, it -> it, (first, second) -> first));
    }

    /** What handlers did with each request, by its name. */
    public Map<String, List<Handling>> handlingsById() {
        return handlings.stream().collect(Collectors.groupingBy(Handling::id));
    }

    /** All that concerns one request. */
    public List<Moment> about(String id) {
        List<Moment> found = new ArrayList<>();
        requests.stream().filter(it -> it.id().equals(id)).forEach(found::add);
        handlings.stream().filter(it -> it.id().equals(id)).forEach(found::add);
        return found;
    }
}
