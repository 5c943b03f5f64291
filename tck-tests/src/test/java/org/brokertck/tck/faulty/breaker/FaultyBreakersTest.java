package org.brokertck.tck.faulty.breaker;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the circuit breaker catches what it must. */
class FaultyBreakersTest extends CaughtFaults {
    FaultyBreakersTest() {
        super(Contract.BREAKER, FaultyBreakers.all());
    }
}
