package org.brokertck.tck.suite;

import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.multibroker.MultiBrokerTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the multi-broker, against {@link CurrentTarget}. */
public final class MultiBrokerSuite extends MultiBrokerTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected MultiBroker openMultiBroker(String name, MultiBrokerConfig config) {
        return target().openMultiBroker(name, config);
    }
}
