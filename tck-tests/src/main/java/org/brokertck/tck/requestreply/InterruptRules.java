package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt, and leave nothing half done. */
public interface InterruptRules extends RequestReplyRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsARequest() {
        interruptAmongOthers(List.of(true));
    }

    @Property
    @Verifies("G-9")
    default void anInterruptEndsItsRequestAndNoOther(@ForAll @Size(min = 1, max = 5) List<Boolean> interrupted) {
        interruptAmongOthers(interrupted);
    }

    private void interruptAmongOthers(List<Boolean> interrupted) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-9")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(3));
            List<Interruptible<Message>> requests = new ArrayList<>();
            for (int i = 0; i < interrupted.size(); i++) {
                exchange.respond("order.price", held);
                Message request = Messages.message("r-" + i);
                Duration patience = timeouts().await().multipliedBy(10);
                requests.add(Interruptible.start(
                        "request", () -> exchange.recorded().request("waiting", "order.price", request, patience)));
            }
            exchange.await("all requests being handled", () -> held.arrived() == interrupted.size());
            for (int i = 0; i < interrupted.size(); i++) {
                if (interrupted.get(i)) {
                    requests.get(i).interrupt(timeouts().await().dividedBy(2), exchange::refused, exchange::require);
                }
            }
            long left = interrupted.stream().filter(it -> !it).count();
            exchange.awaitMetrics("interrupted requests are no longer pending", it -> it.pending() == left);
            IntStream.range(0, interrupted.size()).forEach(i -> held.release("r-" + i));
            for (int i = 0; i < interrupted.size(); i++) {
                if (!interrupted.get(i)) {
                    exchange.reply(
                            "a request beside one that was interrupted",
                            requests.get(i).running());
                }
            }
            held.release("next");
            exchange.request("order.price", Messages.message("next"));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    /** The close that is interrupted throws, and has closed all the same. */
    @Test
    @Verifies("G-9")
    default void anInterruptHastensTheCloseOfAResponder() {
        hastened("close of a responder", (exchange, responder) -> responder.close());
    }

    @Test
    @Verifies("G-9")
    default void anInterruptHastensTheClose() {
        hastened("close", (exchange, responder) -> exchange.unrecorded().close());
    }

    private void hastened(String what, BiConsumer<RequestReplyUnderTest, Responder> closing) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            Replies.Held held = new Replies.Held(timeouts().recovery());
            Responder responder = exchange.respond("order.price", held);
            exchange.requestAsync("order.price", Messages.message("stuck"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            Interruptible<Boolean> close = Interruptible.startRun(what, () -> closing.accept(exchange, responder));
            exchange.require(
                    exchange.stays(StillWaiting.in(close.running())), what + " did not wait for the running handler");
            close.interrupt(timeouts().await().dividedBy(2), exchange::refused, exchange::require);
            exchange.awaitMetrics("the responder is closed all the same", it -> it.responders() == 0);
        }
    }

    /** Whoever is interrupted already may be refused, or served; the flag stays as it was. */
    @Property
    @Verifies("G-9")
    default void requestsOfInterruptedThreadsAreServedOrRefused(@ForAll @IntRange(min = 1, max = 4) int requests) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-9")) {
            exchange.respond("order.price", Replies.prompt());
            for (int i = 0; i < requests; i++) {
                Message request = Messages.message("r-" + i);
                exchange.run("request by a thread that is interrupted", () -> requestInterrupted(exchange, request));
            }
            exchange.request("order.price", Messages.message("next"));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private static void requestInterrupted(RequestReplyUnderTest exchange, Message request) {
        exchange.require(
                Interruptible.leavesFlag(
                        true,
                        () -> exchange.recorded().request("interrupted", "order.price", request, exchange.patience())),
                "request took away the interrupt flag of its thread");
    }
}
