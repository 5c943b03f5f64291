package org.brokertck.tck.requestreply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
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
            List<Running<Message>> requests = new ArrayList<>();
            List<AtomicBoolean> flags = new ArrayList<>();
            for (int i = 0; i < interrupted.size(); i++) {
                exchange.respond("order.price", held);
                Message request = Messages.message("r-" + i);
                AtomicBoolean flag = new AtomicBoolean();
                flags.add(flag);
                requests.add(Bounded.start("request", () -> {
                    try {
                        return exchange.recorded()
                                .request(
                                        "waiting",
                                        "order.price",
                                        request,
                                        timeouts().await().multipliedBy(10));
                    } finally {
                        flag.set(Thread.currentThread().isInterrupted());
                    }
                }));
            }
            exchange.await("all requests being handled", () -> held.arrived() == interrupted.size());
            for (int i = 0; i < interrupted.size(); i++) {
                if (interrupted.get(i)) {
                    interrupt(exchange, requests.get(i), flags.get(i));
                }
            }
            long left = interrupted.stream().filter(it -> !it).count();
            exchange.awaitMetrics("interrupted requests are no longer pending", it -> it.pending() == left);
            IntStream.range(0, interrupted.size()).forEach(i -> held.release("r-" + i));
            for (int i = 0; i < interrupted.size(); i++) {
                if (!interrupted.get(i)) {
                    exchange.reply("a request beside one that was interrupted", requests.get(i));
                }
            }
            held.release("next");
            exchange.request("order.price", Messages.message("next"));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private void interrupt(RequestReplyUnderTest exchange, Running<Message> request, AtomicBoolean flag) {
        request.interrupt();
        exchange.refused(
                OperationInterruptedException.class,
                "an interrupted request",
                () -> request.await(timeouts().await().dividedBy(2)));
        exchange.require(flag.get(), "an interrupted request did not restore the interrupt flag of its thread");
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
            AtomicBoolean flag = new AtomicBoolean();
            Running<Boolean> close = Bounded.startRun(what, () -> {
                try {
                    closing.accept(exchange, responder);
                } finally {
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            exchange.require(exchange.stays(StillWaiting.in(close)), what + " did not wait for the running handler");
            close.interrupt();
            exchange.refused(
                    OperationInterruptedException.class,
                    "an interrupted " + what,
                    () -> close.await(timeouts().await().dividedBy(2)));
            exchange.require(
                    flag.get(), "an interrupted " + what + " did not restore the interrupt flag of its thread");
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
        Thread.currentThread().interrupt();
        try {
            exchange.recorded().request("interrupted", "order.price", request, exchange.patience());
        } catch (OperationInterruptedException refused) {
            // Nothing is half done.
        }
        exchange.require(Thread.interrupted(), "request took away the interrupt flag of its thread");
    }
}
