package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.tck.multibroker.ScheduledBroker.Behaviour;

/**
 * What must come of a produce.
 *
 * @param named the brokers that its topic goes to, in the order of the rule
 * @param open those of them that may be asked, the healthiest first
 * @param ordered whether a rule gives the order; otherwise brokers that are equally well may be asked in any
 */
record DueProduce(List<ScheduledBroker> named, List<ScheduledBroker> open, boolean ordered) {
    /**
     * The brokers that are asked.
     *
     * @param found those that were, which are taken as they are where the order is free
     */
    List<ScheduledBroker> asked(List<ScheduledBroker> found) {
        return upToTheFirstThatWorks(ordered ? open : inOrderOf(found));
    }

    /** Those found first; one possible order when there are none. */
    private List<ScheduledBroker> inOrderOf(List<ScheduledBroker> found) {
        Comparator<ScheduledBroker> byHealth = Comparator.comparing(ScheduledBroker::known);
        Comparator<ScheduledBroker> foundFirst = Comparator.comparing(it -> !found.contains(it));
        Comparator<ScheduledBroker> worksLast = Comparator.comparing(it -> it.behaviour() == Behaviour.WORKS);
        return open.stream()
                .sorted(byHealth.thenComparing(foundFirst).thenComparing(worksLast))
                .toList();
    }

    private static List<ScheduledBroker> upToTheFirstThatWorks(List<ScheduledBroker> inOrder) {
        List<ScheduledBroker> due = new ArrayList<>();
        for (ScheduledBroker broker : inOrder) {
            due.add(broker);
            if (broker.behaviour() == Behaviour.WORKS) {
                break;
            }
        }
        return due;
    }

    /** How it fails when nobody takes it. A broker that was passed over knows that it did not, whatever became of the last message. */
    Class<? extends RuntimeException> refusal() {
        if (open.stream().anyMatch(it -> it.behaviour() == Behaviour.LOSES_ANSWERS)) {
            return OperationTimeoutException.class;
        }
        boolean tooLargeForAll =
                open.size() == named.size() && open.stream().allMatch(it -> it.behaviour() == Behaviour.TOO_LARGE);
        return tooLargeForAll ? MessageTooLargeException.class : BrokerUnavailableException.class;
    }
}
