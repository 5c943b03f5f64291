package org.brokertck.tck.faulty.monitoring;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the monitor catches what it must. */
class FaultyMonitorsTest extends CaughtFaults {
    FaultyMonitorsTest() {
        super(Contract.MONITOR, FaultyMonitors.all());
    }
}
