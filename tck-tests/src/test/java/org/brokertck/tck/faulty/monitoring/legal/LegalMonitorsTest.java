package org.brokertck.tck.faulty.monitoring.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the monitor raises a false alarm. */
class LegalMonitorsTest extends LegalVariants {
    LegalMonitorsTest() {
        super(Contract.MONITOR, LegalMonitors.all());
    }
}
