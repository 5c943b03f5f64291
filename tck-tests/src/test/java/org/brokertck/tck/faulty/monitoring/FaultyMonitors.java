package org.brokertck.tck.faulty.monitoring;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.faulty.Fault;

/** All faulty monitors. */
public final class FaultyMonitors {
    private FaultyMonitors() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(
                        FigureFaults.all(),
                        TextFaults.all(),
                        AlertFaults.all(),
                        ConditionFaults.all(),
                        HistoryFaults.all(),
                        CallbackFaults.all(),
                        RuleSetFaults.all(),
                        EndpointFaults.all(),
                        InstanceFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
