package org.brokertck.tck.faulty.pool;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the connection pool catches what it must. */
class FaultyPoolsTest extends CaughtFaults {
    FaultyPoolsTest() {
        super(Contract.POOL, FaultyPools.all());
    }
}
