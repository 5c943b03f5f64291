package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.requestreply.RequestReplyTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of request/reply, against {@link CurrentTarget}. */
public final class RequestReplySuite extends RequestReplyTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return target().openRequestReply(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
