package org.brokertck.tck.multibroker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** When no broker takes a message, the failure tells of each of them. */
public interface UnavailableRules extends MultiBrokerRules {
    @Test
    @Verifies("M-9")
    default void withEveryBrokerDownTheFailureTellsEachCause() {
        allDown(3, 0, 1);
    }

    /** When their circuits are open the causes of before are told. */
    @Test
    @Verifies("M-9")
    default void causesAreToldAlsoWhenNoBrokerIsCalledAnyMore() {
        allDown(2, 0, 12);
    }

    @Test
    @Verifies("M-9")
    default void whereThereIsNoBrokerNoneIsAvailable() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-9")) {
            refused(multi, "m");
        }
    }

    /** Who hears that no broker is there would send it again, and again in vain. */
    @Test
    @Verifies("M-9")
    default void aMessageThatIsTooLargeForEveryBrokerIsToldAsThat() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-9")) {
            List<ScriptedBroker> brokers = multi.add("broker-0", "broker-1");
            brokers.forEach(it -> it.produces.fails(new MessageTooLargeException("too large for " + it.name())));
            multi.refused(
                    MessageTooLargeException.class,
                    "produce of a message that is too large for every broker",
                    () -> multi.unrecorded().produce("order.created", Messages.message("m")));
            brokers.get(1).produces.fails(new BrokerUnavailableException("gone"));
            multi.refused(
                    BrokerUnavailableException.class,
                    "produce of a message that is too large for one broker, where the other one is gone",
                    () -> multi.unrecorded().produce("order.created", Messages.message("m")));
        }
    }

    /** One that may have taken the message makes it no refusal: whoever sends it again may send it twice. */
    @Test
    @Verifies("M-9")
    default void whereABrokerDoesNotKnowTheOutcomeIsToldAsUnknown() {
        for (int unknown = 0; unknown < 3; unknown++) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-9")) {
                List<ScriptedBroker> brokers = multi.add("broker-0", "broker-1", "broker-2");
                multi.route("#", "broker-0,broker-1,broker-2");
                brokers.forEach(it -> it.produces.fails(new BrokerUnavailableException("gone")));
                brokers.get(unknown).produces.worksAndFails(new OperationTimeoutException("the answer was lost"));
                OperationTimeoutException failure = multi.refused(
                        OperationTimeoutException.class,
                        "produce that 'broker-%d' took without an answer, and the others refused".formatted(unknown),
                        () -> multi.unrecorded().produce("order.created", Messages.message("m")));
                brokers.forEach(it -> multi.require(
                        String.valueOf(failure.getMessage()).contains(it.name()),
                        "the failure does not name '%s': %s".formatted(it.name(), failure)));
            }
        }
    }

    /** Whoever is not called has not taken it, whatever became of the message before. */
    @Test
    @Verifies("M-9")
    default void aBrokerThatIsPassedOverLeavesNothingUnknown() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-9", it -> it.failureThreshold(1))) {
            ScriptedBroker broker = multi.add("broker-0").get(0);
            broker.produces.worksAndFails(new OperationTimeoutException("the answer was lost"));
            multi.refused(
                    OperationTimeoutException.class,
                    "produce that the only broker took without an answer",
                    () -> multi.unrecorded().produce("order.created", Messages.message("asked")));
            refused(multi, "passed-over");
            multi.require(
                    broker.attempts().equals(List.of("asked")),
                    "a failure opens the circuit, and the broker was given " + broker.attempts());
        }
    }

    @Property
    @Verifies("M-9")
    default void anyBrokersThatAreAllDownAreToldEach(
            @ForAll @IntRange(min = 1, max = 5) int brokers,
            @ForAll @IntRange(max = 4) int routed,
            @ForAll @IntRange(min = 1, max = 8) int messages) {
        allDown(brokers, Math.min(routed, brokers), messages);
    }

    /** @param routed so many of them are named by the rule of the topic; 0 for no rule, hence all */
    private void allDown(int brokers, int routed, int messages) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-9")) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < brokers; i++) {
                ScriptedBroker broker = multi.add(new ScriptedBroker("broker-" + i));
                names.add(broker.name());
                broker.produces.fails(failure(i));
            }
            if (routed > 0) {
                multi.route("order.#", String.join(",", names.subList(0, routed)));
            }
            for (int m = 0; m < messages; m++) {
                BrokerUnavailableException refusal = refused(multi, "m-" + m);
                for (int i = 0; i < (routed == 0 ? brokers : routed); i++) {
                    requireTold(multi, refusal, i);
                }
            }
        }
    }

    private static RuntimeException failure(int broker) {
        String text = "cause-of-" + broker;
        return switch (broker % 4) {
            case 0 -> new BrokerUnavailableException(text);
            case 1 -> new ClosedException(text);
            case 2 -> new QueueFullException(text);
            default -> new IllegalStateException(text);
        };
    }

    private static BrokerUnavailableException refused(MultiUnderTest multi, String id) {
        return multi.refused(
                BrokerUnavailableException.class,
                "produce with every broker down",
                () -> multi.unrecorded().produce("order.created", Messages.message(id)));
    }

    /** By name in the text, and with what it threw among the causes. */
    private static void requireTold(MultiUnderTest multi, BrokerUnavailableException refusal, int broker) {
        multi.require(
                String.valueOf(refusal.getMessage()).contains("broker-" + broker),
                "the failure does not name 'broker-%d': %s".formatted(broker, refusal));
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));
        Throwable due = failure(broker);
        multi.require(
                trace.toString().contains(due.getClass().getName() + ": " + due.getMessage()),
                "neither the failure nor a cause of it nor what it suppresses is what 'broker-%d' threw, %s: %s"
                        .formatted(broker, due, refusal));
    }
}
