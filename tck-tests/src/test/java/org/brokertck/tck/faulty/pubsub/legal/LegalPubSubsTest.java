package org.brokertck.tck.faulty.pubsub.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of publish/subscribe raises a false alarm. */
class LegalPubSubsTest extends LegalVariants {
    LegalPubSubsTest() {
        super(Contract.PUBSUB, LegalPubSubs.all());
    }
}
