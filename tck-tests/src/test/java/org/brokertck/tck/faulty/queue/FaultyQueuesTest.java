package org.brokertck.tck.faulty.queue;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the message queue catches what it must. */
class FaultyQueuesTest extends CaughtFaults {
    FaultyQueuesTest() {
        super(Contract.QUEUE, FaultyQueues.all());
    }
}
