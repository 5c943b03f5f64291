package org.brokertck.tck.requestreply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Whatever a handler does, the other requests are answered. */
public interface HandlerRules extends RequestReplyRules {
    @Test
    @Verifies("G-12")
    default void whateverAHandlerThrowsTheNextRequestIsAnswered() {
        answerAfter(List.of(Thrown.values()));
    }

    @Property
    @Verifies("G-12")
    default void afterAnyFailuresTheNextRequestIsAnswered(@ForAll @Size(min = 1, max = 8) List<Thrown> all) {
        answerAfter(all);
    }

    private void answerAfter(List<Thrown> all) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-12")) {
            AtomicBoolean leaked = new AtomicBoolean();
            exchange.respond("order.price", request -> {
                leaked.compareAndSet(false, Thread.currentThread().isInterrupted());
                if (request.headers().containsKey("throws")) {
                    Thrown.valueOf(request.headers().get("throws")).happen();
                }
                return Replies.to(request);
            });
            for (int i = 0; i < all.size(); i++) {
                Message failing = Messages.builder("fails-" + i)
                        .headers(Map.of("throws", all.get(i).name()))
                        .build();
                exchange.failed(BrokerException.class, "order.price", failing, exchange.patience());
                exchange.request("order.price", Messages.message("after-" + i));
            }
            exchange.require(
                    !leaked.get(), "the interrupt flag that a handler left behind was still set for the next request");
        }
    }

    @Test
    @Verifies("G-12")
    default void aHandlerThatReturnsLateHoldsUpNobodyElse() {
        holdUp(1, 5);
    }

    @Property
    @Verifies("G-12")
    default void handlersThatReturnLateHoldUpNobodyElse(
            @ForAll @IntRange(min = 1, max = 3) int late, @ForAll @IntRange(min = 1, max = 5) int others) {
        holdUp(late, others);
    }

    /** Requests to a free responder of the same topic, and to another topic, are answered meanwhile. */
    private void holdUp(int late, int others) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-12")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(3));
            List<CompletableFuture<Message>> lateOnes = new ArrayList<>();
            for (int i = 0; i < late; i++) {
                exchange.respond("order.price", held);
                lateOnes.add(exchange.requestAsync(
                        "order.price",
                        Messages.message("late-" + i),
                        exchange.patience().multipliedBy(3)));
            }
            exchange.await("the late requests being handled", () -> held.arrived() == late);
            exchange.respond("order.price", Replies.prompt());
            exchange.respond("order.stock", Replies.prompt());
            for (int i = 0; i < others; i++) {
                exchange.request("order.price", Messages.message("free-" + i));
                CompletableFuture<Message> other =
                        exchange.requestAsync("order.stock", Messages.message("other-" + i), exchange.patience());
                exchange.reply("a request to another topic while a handler was late", other);
            }
            for (int i = 0; i < late; i++) {
                held.release("late-" + i);
            }
            lateOnes.forEach(it -> exchange.reply("a request whose handler was late", it));
            exchange.judge(exchange.faultless());
        }
    }
}
