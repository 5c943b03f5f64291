package org.brokertck.tck.queue;

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
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Fault;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A server that cannot be reached is told clearly, and one that comes back is used again. */
public interface RemoteRules extends QueueRules {
    @Test
    @Verifies("G-13")
    default void anUnreachableServerIsNamedWithoutItsPassword() {
        requireUnavailable(1);
    }

    @Property
    @Verifies("G-13")
    default void anUnreachableServerIsNamedEveryTime(@ForAll @Size(min = 1, max = 3) List<Boolean> calls) {
        requireUnavailable(calls.size());
    }

    private void requireUnavailable(int times) {
        Unreachable nowhere = target().unreachable()
                .orElseThrow(
                        () -> new Inconclusive(
                                SpecCatalogue.shipped().rule("G-13"),
                                "the target declares 'remote', for which unreachable() must give a target that points nowhere"));
        try (QueueUnderTest probe = QueueUnderTest.open(this, "G-13")) {
            for (int i = 0; i < times; i++) {
                BrokerUnavailableException refusal = probe.refused(
                        BrokerUnavailableException.class,
                        "use of a queue on a server that is not there",
                        () -> use(nowhere));
                requireClear(probe, refusal, nowhere);
            }
        }
    }

    /** An adapter may connect when it is opened, or only when it must. */
    private void use(Unreachable nowhere) {
        QueueConfig config = config().produceTimeout(timeouts().tolerance())
                .drainTimeout(timeouts().tolerance())
                .build();
        try (MessageQueue queue = nowhere.target().openQueue(Names.fresh("G-13"), config)) {
            queue.produce(Messages.message("nowhere"));
        }
    }

    private static void requireClear(QueueUnderTest probe, BrokerUnavailableException refusal, Unreachable nowhere) {
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
    default void aServerThatDiesUnderTheQueueIsTold() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                QueueUnderTest queue = QueueUnderTest.open(
                        this, "G-13", config().produceTimeout(patience).build())) {
            queue.produce(Messages.message("before"));
            server.kill();
            boolean told = queue.happensWithin(timeouts().recovery(), () -> tellsUnavailable(queue, patience));
            server.start();
            queue.require(told, "produce never told that the server is gone");
        }
    }

    /** Such a server keeps its connections, so that nothing but the produce timeout ends the wait for it. */
    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.PAUSE)
    default void aServerThatStandsStillHoldsNobodyUp() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                QueueUnderTest queue = QueueUnderTest.open(
                        this, "G-13", config().produceTimeout(patience).build())) {
            queue.produce(Messages.message("before"));
            server.pause();
            try {
                tellsUnavailable(queue, patience);
            } finally {
                server.resume();
            }
        }
    }

    /** The call under way when the server dies may not know its outcome; soon after, the server is known to be gone. */
    private boolean tellsUnavailable(QueueUnderTest queue, Duration patience) {
        long start = System.nanoTime();
        BrokerException refusal = queue.refused(
                BrokerException.class,
                "produce to a server that does not answer",
                () -> queue.unrecorded().produce(Messages.message("to nobody")));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        queue.require(
                took.compareTo(patience.plus(timeouts().tolerance())) <= 0,
                "produce to a server that does not answer failed after %s with a produce timeout of %s"
                        .formatted(took, patience));
        queue.require(
                refusal instanceof BrokerUnavailableException || refusal instanceof OperationTimeoutException,
                "produce to a server that does not answer threw " + refusal);
        return refusal instanceof BrokerUnavailableException;
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.CUT)
    default void theSameInstanceWorksAfterItsConnectionsWereCut() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::cutConnections, server::cutConnections));
        }
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.KILL)
    default void theSameInstanceWorksAfterItsServerCameBack() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::killAndStart));
        }
    }

    @Property
    @Verifies("G-14")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void theSameInstanceWorksAfterAnyInterruption(@ForAll @Size(min = 1, max = 3) List<Boolean> pauses) {
        try (Server server = Server.of(target())) {
            worksAfter(pauses.stream()
                    .<Runnable>map(it -> it ? () -> pauseAndCut(server) : server::cutConnections)
                    .toList());
        }
    }

    private static void pauseAndCut(Server server) {
        server.pause();
        server.cutConnections();
        server.resume();
    }

    /** A consumer from before the fault handles what a producer from before the fault sends after it. */
    private void worksAfter(List<Runnable> faults) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-14")) {
            queue.consume(message -> {});
            queue.produce(Messages.message("before"));
            queue.awaitSettled();
            for (int i = 0; i < faults.size(); i++) {
                faults.get(i).run();
                Message message = Messages.message("after-" + i);
                boolean produced = queue.happensWithin(timeouts().recovery(), () -> produced(queue, message));
                queue.require(
                        produced,
                        "produce did not work again within " + timeouts().recovery() + " after a fault");
                boolean handled = queue.recorded()
                        .await(() -> queue.recorded().isSettled(), timeouts().recovery());
                queue.require(
                        handled,
                        "the consumer did not go on within " + timeouts().recovery() + " after a fault");
            }
            queue.judgeSettled(new NoLoss().and(new NoInvention()));
        }
    }

    private static boolean produced(QueueUnderTest queue, Message message) {
        try {
            queue.recorded()
                    .produce(
                            "main",
                            Messages.builder(message.id() + "-" + System.nanoTime())
                                    .build());
            return true;
        } catch (BrokerException refusal) {
            return false;
        }
    }
}
