package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.QueueHistory;

/** Gathers the events that concern some messages. */
final class Witnesses {
    private Witnesses() {}

    /** All produce calls and attempts of these messages. */
    static List<Moment> of(QueueHistory history, String... ids) {
        Set<String> wanted = Arrays.stream(ids).collect(Collectors.toSet());
        List<Moment> found = new ArrayList<>();
        history.produces().stream().filter(it -> wanted.contains(it.id())).forEach(found::add);
        history.attempts().stream().filter(it -> wanted.contains(it.id())).forEach(found::add);
        return found;
    }
}
