package org.brokertck.tck.requestreply;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Fault;
import org.brokertck.api.target.Unreachable;
import org.brokertck.tck.check.requestreply.OwnReplies;
import org.brokertck.tck.check.requestreply.RequestsAsSent;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A server that cannot be reached is told clearly and in time, and one that comes back is used again. */
public interface ServerRules extends RequestReplyRules {
    /** The calls that need a server. */
    enum ServerCall {
        /** {@link RequestReply#request}. */
        REQUEST,
        /** {@link RequestReply#requestAsync}. */
        REQUEST_ASYNC,
        /** {@link RequestReply#respond}. */
        RESPOND;

        @SuppressWarnings("resource") // ends with its instance
        private void make(RequestReply exchange, Duration timeout) {
            Message message = Messages.message("to-nobody");
            switch (this) {
                case REQUEST -> exchange.request("order.price", message, timeout);
                case REQUEST_ASYNC -> join(exchange, message, timeout);
                case RESPOND -> exchange.respond("order.price", Replies.prompt());
            }
        }

        private static void join(RequestReply exchange, Message message, Duration timeout) {
            try {
                exchange.requestAsync("order.price", message, timeout).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        }
    }

    @Test
    @Verifies("G-13")
    default void anUnreachableServerOfRequestReplyIsNamedWithoutItsPassword() {
        useUnreachable(List.of(ServerCall.values()));
    }

    @Property
    @Verifies("G-13")
    default void anUnreachableServerOfRequestReplyIsNamedByEveryCall(
            @ForAll @Size(min = 1, max = 3) List<ServerCall> calls) {
        useUnreachable(calls);
    }

    private void useUnreachable(List<ServerCall> calls) {
        try (RequestReplyUnderTest probe = RequestReplyUnderTest.open(this, "G-13")) {
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
        RequestReplyConfig config = config().timeout(timeouts().tolerance()).build();
        try (RequestReply exchange = nowhere.target().openRequestReply(Names.fresh("G-13"), config)) {
            call.make(exchange, timeouts().tolerance());
        }
    }

    private static void requireClear(
            RequestReplyUnderTest probe, BrokerUnavailableException refusal, Unreachable nowhere) {
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
    default void aServerThatDiesUnderRequestReplyIsTold() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                        this, "G-13", config().timeout(patience).build())) {
            exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("before"));
            server.kill();
            for (ServerCall call : ServerCall.values()) {
                boolean told = exchange.happensWithin(
                        timeouts().recovery(), () -> tellsThatItIsGone(exchange, call, patience));
                exchange.require(told, call + " never told that the server is gone");
            }
            server.start();
        }
    }

    /** Such a server keeps its connections, so that nothing but the timeout ends the wait for it. */
    @Test
    @Verifies("G-13")
    @Needs(faults = Fault.PAUSE)
    default void aServerThatStandsStillHoldsNoRequestUp() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                        this, "G-13", config().timeout(patience).build())) {
            exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("before"));
            server.pause();
            try {
                exchange.metrics();
                for (ServerCall call : ServerCall.values()) {
                    tellsThatItIsGone(exchange, call, patience);
                }
            } finally {
                server.resume();
            }
        }
    }

    /** The call under way when the server dies may not know its outcome; soon after, the server is known to be gone. */
    private boolean tellsThatItIsGone(RequestReplyUnderTest exchange, ServerCall call, Duration patience) {
        long start = System.nanoTime();
        BrokerException refusal = exchange.refused(
                BrokerException.class,
                call + " on a server that does not answer",
                () -> call.make(exchange.unrecorded(), patience));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        exchange.require(
                took.compareTo(patience.plus(timeouts().tolerance())) <= 0,
                "%s on a server that does not answer failed after %s with a timeout of %s"
                        .formatted(call, took, patience));
        exchange.require(
                refusal instanceof BrokerUnavailableException || refusal instanceof OperationTimeoutException,
                "%s on a server that does not answer threw %s".formatted(call, refusal));
        return refusal instanceof BrokerUnavailableException;
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.CUT)
    default void theSameInstanceAnswersAfterItsConnectionsWereCut() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::cutConnections, server::cutConnections));
        }
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.KILL)
    default void theSameInstanceAnswersAfterItsServerCameBack() {
        try (Server server = Server.of(target())) {
            worksAfter(List.of(server::killAndStart));
        }
    }

    @Property
    @Verifies("G-14")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void theSameInstanceAnswersAfterAnyInterruption(@ForAll @Size(min = 1, max = 3) List<Boolean> pauses) {
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

    /** Responders from before the fault answer again, and one made after it answers too. */
    private void worksAfter(List<Runnable> faults) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-14")) {
            AtomicInteger number = new AtomicInteger();
            exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("before"));
            for (int i = 0; i < faults.size(); i++) {
                faults.get(i).run();
                requireAnswered(exchange, "order.price", number);
                String topic = "order.new-" + i;
                boolean responds = exchange.happensWithin(timeouts().recovery(), () -> responded(exchange, topic));
                exchange.require(
                        responds,
                        "respond did not work again within " + timeouts().recovery() + " after a fault");
                requireAnswered(exchange, topic, number);
            }
            exchange.judge(new OwnReplies().and(new RequestsAsSent()));
            exchange.awaitMetrics("nothing is pending after all faults", it -> it.pending() == 0);
        }
    }

    private void requireAnswered(RequestReplyUnderTest exchange, String topic, AtomicInteger number) {
        boolean answered = exchange.happensWithin(timeouts().recovery(), () -> answered(exchange, topic, number));
        exchange.require(
                answered,
                "a request to '%s' was not answered again within %s after a fault"
                        .formatted(topic, timeouts().recovery()));
    }

    private boolean answered(RequestReplyUnderTest exchange, String topic, AtomicInteger number) {
        try {
            exchange.recorded()
                    .request(
                            RequestReplyUnderTest.MAIN,
                            topic,
                            Messages.message("after-" + number.incrementAndGet()),
                            timeouts().tolerance());
            return true;
        } catch (BrokerException notYet) {
            return false;
        }
    }

    private static boolean responded(RequestReplyUnderTest exchange, String topic) {
        try {
            exchange.recorded().respond(topic, Replies.prompt());
            return true;
        } catch (BrokerException notYet) {
            return false;
        }
    }
}
