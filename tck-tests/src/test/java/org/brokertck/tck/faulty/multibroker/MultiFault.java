package org.brokertck.tck.faulty.multibroker;

import java.util.function.Function;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.Opening;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiTarget;

/** Makes faulty multi-brokers. */
final class MultiFault {
    private MultiFault() {}

    /** A faulty variant of the plain one. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, MultiBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> PlainMultiTarget.of(name, brokers));
    }
}
