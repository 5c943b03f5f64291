package org.brokertck.tck.faulty.multibroker;

import java.util.HashSet;
import java.util.Set;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.tck.faulty.multibroker.plain.Opening;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;

/** Lets one probe through at a time, and waits for its outcome, which not every end of a call tells. */
class OneProbeAtATime extends PlainMultiBroker {
    private final Set<PlainMember> probed = new HashSet<>();

    OneProbeAtATime(Opening opening) {
        super(opening);
    }

    @Override
    protected boolean mayCall(PlainMember member) {
        boolean may = !probed.contains(member) && super.mayCall(member);
        if (may && member.failures >= config().failureThreshold()) {
            probed.add(member);
        }
        return may;
    }

    @Override
    protected boolean succeeded(PlainMember member) {
        probed.remove(member);
        return super.succeeded(member);
    }

    @Override
    protected boolean failed(PlainMember member, Throwable failure) {
        probed.remove(member);
        return super.failed(member, failure);
    }

    @Override
    protected boolean refused(PlainMember member, MessageTooLargeException tooLarge) {
        probed.remove(member);
        return super.refused(member, tooLarge);
    }
}
