package org.brokertck.tck.faulty.broker;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the message broker catches what it must. */
class FaultyBrokersTest extends CaughtFaults {
    FaultyBrokersTest() {
        super(Contract.BROKER, FaultyBrokers.all());
    }
}
