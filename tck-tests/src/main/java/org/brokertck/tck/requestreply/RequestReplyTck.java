package org.brokertck.tck.requestreply;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of request/reply. An implementer extends this class in the tests of an own build and supplies two methods; the
 * build then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class RequestReplyTck
        implements ArgumentRules,
                ClosingRules,
                ConcurrencyRules,
                CorrelationRules,
                DependentRules,
                FidelityRules,
                HandlerRules,
                InterruptRules,
                IsolationRules,
                LateAnswerRules,
                LeavingRules,
                NoResponderRules,
                ResponderFailureRules,
                ScheduleRules,
                ServerRules,
                TimeoutRules {
    /** For subclasses. */
    protected RequestReplyTck() {}

    /**
     * Opens an instance of the implementation under test.
     *
     * @param name used for one test only, save where several instances behind a server are tested
     * @param config the settings of the instance
     */
    protected abstract RequestReply openRequestReply(String name, RequestReplyConfig config);

    /** What the implementation claims beyond the rules that bind everyone. */
    protected abstract Set<Capability> capabilities();

    /** The sizes up to which messages are taken. */
    protected Limits limits() {
        return Limits.DEFAULT;
    }

    /** A target on a manual clock, where there is one. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    /** A target that points nowhere, for {@link Capability#REMOTE}. */
    protected Optional<Unreachable> unreachable() {
        return Optional.empty();
    }

    /** The switch of the server, where there is one. */
    protected Optional<BrokerControl> control() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(RequestReplyTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return tck.capabilities();
        }

        @Override
        public Limits limits() {
            return tck.limits();
        }

        @Override
        public RequestReply openRequestReply(String name, RequestReplyConfig config) {
            return tck.openRequestReply(name, config);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }

        @Override
        public Optional<Unreachable> unreachable() {
            return tck.unreachable();
        }

        @Override
        public Optional<BrokerControl> control() {
            return tck.control();
        }
    }
}
