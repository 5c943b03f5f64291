package org.brokertck.tck.faulty.codec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of the message codec catches what it must. */
class FaultyCodecsTest extends CaughtFaults {
    FaultyCodecsTest() {
        super(Contract.CODEC, FaultyCodecs.all());
    }
}
