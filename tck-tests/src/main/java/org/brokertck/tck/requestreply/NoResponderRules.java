package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.BrokerException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkloads;
import org.junit.jupiter.api.Test;

/** Who asks where nobody responds is told so, within the timeout. */
public interface NoResponderRules extends RequestReplyRules {
    @Test
    @Verifies("Y-2")
    default void aTopicWithoutResponderIsTold() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            // Others respond, but to other topics.
            exchange.respond("order", Replies.prompt());
            exchange.respond("order.price.net", Replies.prompt());
            exchange.respond("Order.price", Replies.prompt());
            requireTold(exchange, "order.price");
            exchange.request("order", Messages.message("after"));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private void requireTold(RequestReplyUnderTest exchange, String topic) {
        Duration timeout = exchange.brief();
        NoResponderException told = exchange.failed(
                NoResponderException.class, topic, Messages.message("unheard-" + System.nanoTime()), timeout);
        exchange.require(
                String.valueOf(told.getMessage()).contains(topic),
                "the exception does not name the topic that nobody responds to: " + told.getMessage());
        CompletableFuture<Message> future =
                exchange.requestAsync(topic, Messages.message("unheard-async-" + System.nanoTime()), timeout);
        exchange.failed(NoResponderException.class, "a request to a topic without responder", future);
    }

    @Test
    @Verifies("Y-2")
    default void aTopicWhoseRespondersHaveLeftIsTold() {
        comeAndGo(2, 2);
    }

    @Property
    @Costly
    @Verifies("Y-2")
    default void aTopicIsAnsweredAsLongAsOneResponderIsThere(
            @ForAll @IntRange(min = 1, max = 3) int rounds, @ForAll @IntRange(min = 1, max = 3) int responders) {
        comeAndGo(rounds, responders);
    }

    private void comeAndGo(int rounds, int responders) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            for (int round = 0; round < rounds; round++) {
                requireTold(exchange, "order.price");
                List<Responder> there = new ArrayList<>();
                for (int i = 0; i < responders; i++) {
                    there.add(exchange.respond("order.price", Replies.prompt()));
                }
                for (Responder leaving : there) {
                    exchange.request("order.price", Messages.message("r-" + round + "-" + there.indexOf(leaving)));
                    exchange.run("close of a responder", leaving::close);
                }
            }
            requireTold(exchange, "order.price");
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    @Test
    @Verifies("Y-2")
    @Needs(clock = true)
    default void noResponderIsToldNoLaterThanTheTimeout() {
        VirtualTime virtual = target().virtualTime().orElseThrow();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, virtual.target(), "Y-2")) {
            CompletableFuture<Message> future =
                    exchange.requestAsync("order.price", Messages.message("unheard"), Duration.ofHours(3));
            virtual.clock().advance(Duration.ofHours(3));
            exchange.failed(NoResponderException.class, "a request to a topic without responder", future);
        }
    }

    /** The only responder leaves, at a request that takes it long, while others wait in line. */
    @Test
    @Verifies("Y-2")
    default void requestsThatWaitWhenTheLastResponderLeavesAreTold() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            Responder only = exchange.respond("order.price", held);
            CompletableFuture<Message> inHand =
                    exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            Duration timeout = exchange.brief().multipliedBy(2);
            CompletableFuture<Message> waiting =
                    exchange.requestAsync("order.price", Messages.message("waiting"), timeout);
            Running<Boolean> close = Bounded.startRun("close of a responder", only::close);
            BrokerException told =
                    exchange.failed(BrokerException.class, "a request whose last responder has left", waiting);
            exchange.require(
                    told instanceof NoResponderException || told instanceof OperationTimeoutException,
                    "a request that waited when the last responder left was told " + told);
            held.release("in-hand");
            exchange.reply("a request in the hand of a responder that is being closed", inHand);
            exchange.run("close of a responder", () -> close.await(timeouts().await()));
            exchange.judge(exchange.faultless());
        }
    }

    /** Its only responder leaves while it handles it, and takes too long. Whoever heard of no responder might safely ask again. */
    @Test
    @Verifies("Y-2")
    default void aRequestThatWasTakenIsNotToldOfNoResponder() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this,
                "Y-2",
                config().drainTimeout(timeouts().await().multipliedBy(5)).build())) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            CompletableFuture<Responder> self = new CompletableFuture<>();
            self.complete(exchange.respond("order.price", request -> {
                self.join().close();
                return held.handle(request);
            }));
            CompletableFuture<Message> inHand =
                    exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.brief());
            exchange.failed(
                    OperationTimeoutException.class, "a request that its last responder took before it left", inHand);
            held.release("in-hand");
            exchange.judge(exchange.faultless());
        }
    }

    @Property
    @Verifies("Y-2")
    default void anyRequestersOfDesertedTopicsAreTold(
            @ForAll(supplier = RequestReplyWorkloads.Deserted.class) RequestReplyWorkload workload) {
        RequestReplyDriver.judge(this, "Y-2", workload);
    }
}
