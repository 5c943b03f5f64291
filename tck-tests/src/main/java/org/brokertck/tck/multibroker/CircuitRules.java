package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/**
 * A failing broker is not called for every message. In these tests its health stays well, so that nothing but its failures keeps
 * messages from it.
 */
public interface CircuitRules extends MultiBrokerRules {
    @Test
    @Verifies("M-10")
    default void afterTheFailureThresholdABrokerIsCalledNoMore() {
        openAndProbe(3, 10, 0);
    }

    @Test
    @Verifies("M-10")
    default void oneProbePerIntervalIsMadeAndClosesTheCircuit() {
        openAndProbe(2, 6, 3);
    }

    @Property
    @Verifies("M-10")
    default void anyThresholdAndAnyNumberOfProbes(
            @ForAll @IntRange(min = 1, max = 8) int threshold,
            @ForAll @IntRange(min = 1, max = 20) int messages,
            @ForAll @IntRange(max = 4) int probes) {
        openAndProbe(threshold, messages, probes);
    }

    /**
     * @param messages how many are produced in each phase once the circuit is open
     * @param probes so many probes fail before one succeeds
     */
    private void openAndProbe(int threshold, int messages, int probes) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(threshold))) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            primary.produces.fails(new BrokerUnavailableException("fails"));
            produce(multi, "opening", threshold + messages);
            requireAttempts(multi, primary, threshold, "%d failures open the circuit".formatted(threshold));
            for (int probe = 1; probe <= probes; probe++) {
                passProbeInterval(multi);
                produce(multi, "probing-" + probe, messages);
                requireAttempts(
                        multi,
                        primary,
                        threshold + probe,
                        "one of %d messages may probe an interval later".formatted(messages));
            }
            primary.produces.works();
            passProbeInterval(multi);
            produce(multi, "closing", 1);
            requireAttempts(multi, primary, threshold + probes + 1, "the next probe was due");
            produce(multi, "closed", messages);
            requireAttempts(
                    multi,
                    primary,
                    threshold + probes + 1 + messages,
                    "a probe succeeded, and so the circuit is closed");
        }
    }

    private static void passProbeInterval(MultiUnderTest multi) {
        multi.pace().pass(multi.config().probeInterval().plus(Duration.ofMillis(10)));
    }

    private static void produce(MultiUnderTest multi, String prefix, int messages) {
        for (int i = 0; i < messages; i++) {
            multi.produce("order.created", prefix + "-" + i);
        }
    }

    private static void requireAttempts(MultiUnderTest multi, ScriptedBroker broker, int due, String why) {
        int found = broker.attempts().size();
        multi.require(
                found == due,
                "'%s' was called for %d messages, where %d are due: %s; it was given %s"
                        .formatted(broker.name(), found, due, why, broker.attempts()));
    }

    /** Whoever gives up waiting for a probe leaves the next one to others: the circuit does not stay open for good. */
    @Test
    @Verifies("M-10")
    default void aProbeThatIsInterruptedIsNotTheLast() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(2))) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            primary.produces.fails(new BrokerUnavailableException("fails"));
            produce(multi, "opening", 3);
            requireAttempts(multi, primary, 2, "2 failures open the circuit");
            passProbeInterval(multi);
            primary.produces.waits();
            Running<Boolean> probe = multi.startProduce("order.created", "interrupted");
            multi.await("a probe an interval later", () -> primary.produces.hanging() == 1);
            probe.interrupt();
            multi.refused(
                    OperationInterruptedException.class,
                    "an interrupted produce",
                    () -> probe.await(timeouts().await().dividedBy(2)));
            primary.produces.works();
            multi.await("the probe letting go", () -> primary.produces.hanging() == 0);
            for (int i = 0; i < 5 && primary.attempts().size() == 3; i++) {
                passProbeInterval(multi);
                produce(multi, "later-" + i, 1);
            }
            requireAttempts(multi, primary, 4, "a probe was interrupted, and another one was due within 5 intervals");
        }
    }

    /** Whatever a probe comes to, it leaves the next one to others. */
    @Test
    @Verifies("M-10")
    default void howeverAProbeEndsItIsNotTheLast() {
        List<Throwable> endings = List.of(
                new BrokerUnavailableException("fails still"),
                new OperationTimeoutException("unknown"),
                new MessageTooLargeException("too large for this one"),
                new QueueFullException("no room"),
                new IllegalArgumentException("a topic that this one does not take"),
                new AssertionError("an error"));
        for (Throwable ending : endings) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(2))) {
                ScriptedBroker primary = multi.add("primary", "backup").get(0);
                multi.route("#", "primary,backup");
                primary.produces.fails(new BrokerUnavailableException("fails"));
                produce(multi, "opening", 3);
                passProbeInterval(multi);
                primary.produces.fails(ending);
                produce(multi, "probe", 1);
                requireAttempts(multi, primary, 3, "a probe was due an interval after 2 failures");
                primary.produces.works();
                for (int i = 0; i < 5 && primary.attempts().size() == 3; i++) {
                    passProbeInterval(multi);
                    produce(multi, "later-" + i, 1);
                }
                requireAttempts(
                        multi,
                        primary,
                        4,
                        "a probe ended with %s, and another one was due within 5 intervals".formatted(ending));
            }
        }
    }

    /** It may have taken them; whoever produced has gone to the next broker, though, after waiting in vain. */
    @Test
    @Verifies("M-10")
    default void messagesThatABrokerTakesTooLateAreFailures() {
        int threshold = 3;
        try (MultiUnderTest multi = MultiUnderTest.open(
                this, "M-10", it -> HangingRules.impatient(it).failureThreshold(threshold))) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            for (int i = 0; i < threshold; i++) {
                primary.produces.waits();
                Running<Boolean> produce = multi.startProduce("order.created", "late-" + i);
                multi.await("the call of 'primary'", () -> primary.produces.hanging() == 1);
                if (!multi.pace().endsWithinSteps(multi.config().produceTimeout(), produce)) {
                    throw multi.inconclusive("a broker that hangs delays a produce for too long, the subject of M-12");
                }
                primary.produces.works();
                multi.await("'primary' taking a message late", () -> primary.produces.hanging() == 0);
            }
            produce(multi, "afterwards", 2 * threshold);
            requireAttempts(
                    multi,
                    primary,
                    threshold,
                    "it took %d messages in a row, each after the produce timeout".formatted(threshold));
        }
    }

    /** A message to a topic that it is not subscribed to takes no probe from the others. */
    @Test
    @Verifies("M-10")
    default void aBrokerThatIsPassedOverWasNotProbed() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(2))) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            primary.subscribes.fails(new BrokerUnavailableException("no subscriptions now"));
            multi.subscribe("user.created");
            primary.produces.fails(new BrokerUnavailableException("fails"));
            produce(multi, "opening", 3);
            primary.produces.works();
            passProbeInterval(multi);
            multi.produce("user.created", "passed-over");
            requireAttempts(multi, primary, 2, "it has no subscription to 'user.created', which somebody hears");
            produce(multi, "probe", 1);
            requireAttempts(
                    multi,
                    primary,
                    3,
                    "the message before, to 'user.created', could not be a probe for the want of a subscription");
        }
    }

    /** It is no success either: what follows is at most another probe. */
    @Test
    @Verifies("M-10")
    default void aProbeThatIsTooLargeClosesNothing() {
        int threshold = 3;
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(threshold))) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            primary.produces.fails(new BrokerUnavailableException("fails"));
            produce(multi, "opening", threshold);
            passProbeInterval(multi);
            primary.produces.fails(new MessageTooLargeException("too large for this one"));
            produce(multi, "probe", 1);
            primary.produces.fails(new BrokerUnavailableException("fails still"));
            produce(multi, "later", 2 * threshold);
            int later = primary.attempts().size() - threshold - 1;
            multi.require(
                    later <= 1,
                    "a message was too large for a broker that it had to probe, and %d of the %d after it were given to that broker, which still fails"
                            .formatted(later, 2 * threshold));
        }
    }

    /** It says something of the message, and nothing of the broker: that takes the next one that is not. */
    @Test
    @Verifies("M-10")
    default void messagesThatAreTooLargeOpenNothing() {
        int threshold = 3;
        MessageTooLargeException tooLarge = new MessageTooLargeException("too large for this one");
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(threshold))) {
            List<ScriptedBroker> brokers = multi.add("primary", "backup");
            multi.route("#", "primary,backup");
            brokers.get(0).produces.fails(tooLarge);
            produce(multi, "too-large-for-one", 2 * threshold);
            brokers.get(1).produces.fails(tooLarge);
            for (int i = 0; i < 2 * threshold; i++) {
                multi.require(
                        !multi.tryProduce("order.created", "too-large-for-all-" + i),
                        "a message that every broker finds too large was accepted");
            }
            brokers.forEach(it -> it.produces.works());
            multi.require(
                    multi.tryProduce("order.created", "fits"),
                    "a message that fits was refused after %d others that were too large for every broker"
                            .formatted(2 * threshold));
            multi.requireTaker(
                    "fits", brokers.get(0), "nothing ever failed there, but for messages that were too large for it");
        }
    }

    /** Failures in a row count; a success between them begins the count anew. */
    @Test
    @Verifies("M-10")
    default void failuresThatAreNotInARowOpenNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-10", it -> it.failureThreshold(3))) {
            List<ScriptedBroker> brokers = multi.add("primary", "backup");
            multi.route("#", "primary,backup");
            for (int i = 0; i < 8; i++) {
                brokers.get(0).produces.fails(new BrokerUnavailableException("now and then"));
                produce(multi, "failing-" + i, 2);
                brokers.get(0).produces.works();
                produce(multi, "working-" + i, 1);
                multi.requireTaker("working-" + i + "-0", brokers.get(0), "it never failed three times in a row");
            }
        }
    }
}
