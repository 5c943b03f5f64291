package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** What hangs on the end of a request: those that depend on it, those of other instances, and handlers that get no time to end. */
public interface DependentRules extends RequestReplyRules {
    /** On the thread that ended the other one, be it with a reply, a failure, or because nobody answered. */
    @Test
    @Verifies("Y-1")
    default void whatDependsOnARequestMayAskInTurn() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            exchange.respond("order.stock", Replies.prompt());
            exchange.respond("order.price", held);
            exchange.respond("order.broken", request -> {
                held.handle(request);
                throw new IllegalStateException("as planned");
            });
            exchange.respond("order.slow", held);
            List<CompletableFuture<Message>> chains = new ArrayList<>();
            for (String topic : List.of("order.price", "order.broken", "order.slow", "order.nobody")) {
                Duration timeout = topic.equals("order.slow") ? exchange.brief() : exchange.patience();
                Function<Object, CompletableFuture<Message>> next = end -> exchange.recorded()
                        .requestAsync(
                                "dependent", "order.stock", Messages.message("after-" + topic), exchange.patience());
                chains.add(exchange.requestAsync(topic, Messages.message("to-" + topic), timeout)
                        .thenCompose(next)
                        .exceptionallyCompose(next::apply)
                        .thenCompose(reply -> exchange.recorded()
                                .requestAsync(
                                        "dependent",
                                        "order.stock",
                                        Messages.message("last-after-" + topic),
                                        exchange.patience())));
            }
            held.release("to-order.price");
            held.release("to-order.broken");
            chains.forEach(it -> exchange.reply("a request that depended on the end of another one", it));
            held.release("to-order.slow");
        }
    }

    /** Whoever waits for one of several answers cancels the others when one has ended, and a close ends them all. */
    @Test
    @Verifies("G-2")
    default void requestsThatCancelOneAnotherAreEndedByAClose() {
        int requests = 4;
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-2")) {
            Replies.Held held = new Replies.Held(timeouts().await());
            exchange.respond("order.price", held);
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                Message request = Messages.message("r-" + i);
                futures.add(exchange.call(
                        "requestAsync",
                        () -> exchange.unrecorded()
                                .requestAsync(
                                        "order.price",
                                        request,
                                        timeouts().await().multipliedBy(10))));
            }
            futures.forEach(it -> it.whenComplete((reply, failure) -> futures.forEach(other -> other.cancel(false))));
            exchange.await("the first request being handled", () -> held.arrived() == 1);
            Running<Boolean> close = Bounded.startRun("close", exchange.unrecorded()::close);
            exchange.await(
                    "the end of each request under way at the close, where the end of one cancels the others,",
                    () -> futures.stream().allMatch(CompletableFuture::isDone));
            // Until close returns, the responder may still take what nobody waits for any more.
            IntStream.range(0, requests).forEach(i -> held.release("r-" + i));
            exchange.run(
                    "close under requests that cancel one another",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            exchange.closeNow();
            RequestReplyMetrics metrics = exchange.metrics();
            RequestReplyMetrics due = new RequestReplyMetrics(requests, 0, 0, 0, requests, 0, 0);
            exchange.require(
                    metrics.equals(due),
                    "%d requests under way at the close ended with it, or were cancelled then: the metrics are %s where %s are due"
                            .formatted(requests, metrics, due));
        }
    }

    /** Behind a server instances of one name share what they ask and answer, and not their ends. */
    @Test
    @Verifies("Y-1")
    default void theCloseOfAnInstanceEndsNoRequestOfAnother() {
        try (RequestReplyUnderTest leaving = RequestReplyUnderTest.open(this, "Y-1");
                RequestReplyUnderTest staying = RequestReplyUnderTest.open(
                        this,
                        target(),
                        "Y-1",
                        leaving.name(),
                        config().build(),
                        leaving.recorded().journal())) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            Responder there = staying.respond("order.price", held);
            CompletableFuture<Message> pending =
                    staying.requestAsync("order.price", Messages.message("pending"), staying.patience());
            staying.await("the request being handled", () -> held.arrived() == 1);
            leaving.closeNow();
            staying.require(
                    staying.stays(() -> !pending.isDone()),
                    "a request ended, when another instance of that name was closed, before anybody had answered it");
            held.release("pending");
            held.release("next");
            staying.reply("a request under way when another instance of that name was closed", pending);
            staying.reply(
                    "a request that was made when another instance of that name was closed",
                    staying.requestAsync("order.price", Messages.message("next"), staying.patience()));
            staying.run("close of a responder", there::close);
        }
    }

    /** The handler that runs is interrupted at once. */
    @Test
    @Verifies("G-3")
    default void aDrainTimeoutOfZeroWaitsForNoHandlerOfRequests() {
        for (boolean all : List.of(false, true)) {
            try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                    this, "G-3", config().drainTimeout(Duration.ZERO).build())) {
                Replies.Held held = new Replies.Held(timeouts().recovery());
                Responder responder = exchange.respond("order.price", held);
                exchange.requestAsync("order.price", Messages.message("stuck"), exchange.patience());
                exchange.await("the request being handled", () -> held.arrived() == 1);
                exchange.run(
                        "close of %s with a drain timeout of 0, while a handler runs,"
                                .formatted(all ? "an instance" : "a responder"),
                        all ? exchange.unrecorded()::close : responder::close);
                held.release("stuck");
            }
        }
    }
}
