package org.brokertck.tck.faulty.multibroker;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the multi-broker catches what it must. */
class FaultyMultiBrokersTest extends CaughtFaults {
    FaultyMultiBrokersTest() {
        super(Contract.MULTIBROKER, FaultyMultiBrokers.all());
    }
}
