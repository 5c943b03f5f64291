package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.requestreply.RequestReplyTck;

/** The reference passes every rule of request/reply, tested as an implementer would test it. */
class InMemoryRequestReplyTest extends RequestReplyTck {
    private final ConformanceTarget target = new InMemoryTarget();

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
