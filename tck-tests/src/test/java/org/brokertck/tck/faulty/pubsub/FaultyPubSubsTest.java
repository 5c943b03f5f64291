package org.brokertck.tck.faulty.pubsub;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.CaughtFaults;

/** Every rule of publish/subscribe catches what it must. */
class FaultyPubSubsTest extends CaughtFaults {
    FaultyPubSubsTest() {
        super(Contract.PUBSUB, FaultyPubSubs.all());
    }
}
