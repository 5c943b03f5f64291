package org.brokertck.tck.faulty.requestreply.simulated;

import java.util.Set;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.requestreply.RequestReplyTck;

/** The simulated server passes every rule, so that what fails on its variants is their fault. */
class SimulatedExchangeTest extends RequestReplyTck {
    private final ConformanceTarget target = new SimulatedTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return target.openRequestReply(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
