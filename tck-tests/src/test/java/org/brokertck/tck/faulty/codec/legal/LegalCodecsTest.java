package org.brokertck.tck.faulty.codec.legal;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.LegalVariants;

/** No rule of the message codec raises a false alarm. */
class LegalCodecsTest extends LegalVariants {
    LegalCodecsTest() {
        super(Contract.CODEC, LegalCodecs.all());
    }
}
