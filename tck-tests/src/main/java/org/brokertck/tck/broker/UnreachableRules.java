package org.brokertck.tck.broker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.Fault;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A server that cannot be reached is told clearly and in time. */
public interface UnreachableRules extends BrokerRules {
    /** The calls that need a server. */
    enum ServerCall {
        /** {@link MessageBroker#produce}. */
        PRODUCE,
        /** {@link MessageBroker#subscribe}. */
        SUBSCRIBE;

        @SuppressWarnings("resource") // ends with its broker
        private void make(MessageBroker broker) {
            switch (this) {
                case PRODUCE -> broker.produce("order.created", Messages.message("to nobody"));
                case SUBSCRIBE -> broker.subscribe("order.created", message -> {});
            }
        }
    }

    @Test
    @Verifies("G-13")
    default void anUnreachableBrokerIsNamedWithoutItsPassword() {
        useUnreachable(List.of(ServerCall.values()));
    }

    @Property
    @Verifies("G-13")
    default void anUnreachableBrokerIsNamedByEveryCall(@ForAll @Size(min = 1, max = 3) List<ServerCall> calls) {
        useUnreachable(calls);
    }

    private void useUnreachable(List<ServerCall> calls) {
        try (BrokerUnderTest probe = BrokerUnderTest.open(this, "G-13")) {
            Unreachable nowhere = target().unreachable()
                    .orElseThrow(
                            () -> probe.inconclusive(
                                    "the target declares 'remote', for which unreachable() must give a target that points nowhere"));
            for (ServerCall call : calls) {
                BrokerUnavailableException refusal = probe.refused(
                        BrokerUnavailableException.class,
                        call + " on a server that is not there",
                        () -> openAnd(nowhere, call));
                requireClear(probe, refusal, nowhere);
            }
        }
    }

    /** An adapter may connect when it is opened, or only when it must. */
    private void openAnd(Unreachable nowhere, ServerCall call) {
        BrokerConfig config = config().produceTimeout(timeouts().tolerance()).build();
        try (MessageBroker broker = nowhere.target().openBroker(Names.fresh("G-13"), config)) {
            call.make(broker);
        }
    }

    private static void requireClear(BrokerUnderTest probe, BrokerUnavailableException refusal, Unreachable nowhere) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        probe.require(
                String.valueOf(refusal.getMessage()).contains(nowhere.address()),
                "the refusal does not name the address %s: %s".formatted(nowhere.address(), refusal));
        probe.require(
                !text.toString().contains(nowhere.password()),
                "the refusal, or one of its causes, shows the password of the unreachable server");
    }

    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.KILL)
    default void aServerThatDiesUnderTheBrokerIsTold() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "G-13", config().produceTimeout(patience).build())) {
            broker.subscribe("order.created");
            broker.produce("order.created", Messages.message("before"));
            server.kill();
            for (ServerCall call : ServerCall.values()) {
                boolean told =
                        broker.happensWithin(timeouts().recovery(), () -> tellsThatItIsGone(broker, call, patience));
                broker.require(told, call + " never told that the server is gone");
            }
            server.start();
        }
    }

    /** Such a server keeps its connections, so that nothing but the timeout ends the wait for it. */
    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.PAUSE)
    default void aServerThatStandsStillHoldsNoCallUp() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "G-13", config().produceTimeout(patience).build())) {
            broker.subscribe("order.created");
            broker.produce("order.created", Messages.message("before"));
            server.pause();
            try {
                for (ServerCall call : ServerCall.values()) {
                    tellsThatItIsGone(broker, call, patience);
                }
            } finally {
                server.resume();
            }
        }
    }

    /** The call under way when the server dies may not know its outcome; soon after, the server is known to be gone. */
    private boolean tellsThatItIsGone(BrokerUnderTest broker, ServerCall call, Duration patience) {
        long start = System.nanoTime();
        BrokerException refusal = broker.refused(
                BrokerException.class,
                call + " on a server that does not answer",
                () -> call.make(broker.unrecorded()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        broker.require(
                took.compareTo(patience.plus(timeouts().tolerance())) <= 0,
                "%s on a server that does not answer failed after %s with a timeout of %s"
                        .formatted(call, took, patience));
        broker.require(
                refusal instanceof BrokerUnavailableException || refusal instanceof OperationTimeoutException,
                "%s on a server that does not answer threw %s".formatted(call, refusal));
        return refusal instanceof BrokerUnavailableException;
    }
}
