package org.brokertck.tck.requestreply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.requestreply.RequestJournal;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkloads;
import org.junit.jupiter.api.Test;

/** Each reply reaches its own requester, however many are under way and in whatever order replies are given. */
public interface CorrelationRules extends RequestReplyRules {
    @Test
    @Verifies("Y-1")
    default void eachRequestGetsItsOwnReply() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            exchange.respond("order.price", Replies.prompt());
            exchange.respond("order.stock", Replies.prompt());
            for (Message request : Messages.numbered(10)) {
                exchange.request(request.id().endsWith("3") ? "order.stock" : "order.price", request);
            }
            exchange.judge(exchange.faultless());
        }
    }

    @Test
    @Verifies("Y-1")
    default void repliesGivenInReverseReachTheirOwnRequesters() {
        answerInOrder(List.of(4, 3, 2, 1, 0));
    }

    @Property
    @Verifies("Y-1")
    default void repliesGivenInAnyOrderReachTheirOwnRequesters(
            @ForAll @IntRange(min = 2, max = 8) int requests, @ForAll Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        answerInOrder(order);
    }

    /** All are under way before the first is answered; half of the requesters wait, the others hold futures. */
    private void answerInOrder(List<Integer> order) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            List<Running<Message>> waiting = new ArrayList<>();
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                exchange.respond("order.price", held);
                Message request = Messages.message("r-" + i);
                if (i % 2 == 0) {
                    waiting.add(exchange.start("requester-" + i, "order.price", request, exchange.patience()));
                } else {
                    futures.add(exchange.requestAsync("order.price", request, exchange.patience()));
                }
            }
            exchange.require(
                    exchange.happensWithin(timeouts().await(), () -> held.arrived() == order.size()),
                    "%d responders share %d requests, and only %d of these were being handled at once"
                            .formatted(order.size(), order.size(), held.arrived()));
            order.forEach(it -> held.release("r-" + it));
            waiting.forEach(it -> exchange.reply("a request among others", it));
            futures.forEach(it -> exchange.reply("a request among others", it));
            exchange.judge(exchange.faultless());
        }
    }

    @Test
    @Verifies("Y-1")
    default void aResponderWorksOnOneRequestAtATime() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            exchange.respond("order.price", held);
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            for (Message request : Messages.numbered(4)) {
                futures.add(exchange.requestAsync("order.price", request, exchange.patience()));
            }
            exchange.await("the first request being handled", () -> held.arrived() > 0);
            exchange.require(
                    exchange.stays(() -> held.arrived() == 1),
                    "the handler of one responder was called for another request before it had ended");
            Messages.numbered(4).forEach(it -> held.release(it.id()));
            futures.forEach(it -> exchange.reply("a request in line", it));
            exchange.judge(exchange.faultless());
        }
    }

    /** Requests that wait while one is handled belong to whoever is free, not to the one that is busy, nor to the first that comes. */
    @Test
    @Verifies("Y-1")
    default void respondersThatComeTakeWhatIsInLine() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            List<Message> requests = Messages.numbered(4);
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            exchange.respond("order.price", held);
            for (Message request : requests) {
                futures.add(exchange.requestAsync("order.price", request, exchange.patience()));
            }
            exchange.await("the first request being handled", () -> held.arrived() > 0);
            for (int i = 1; i < requests.size(); i++) {
                exchange.respond("order.price", held);
            }
            exchange.require(
                    exchange.happensWithin(timeouts().await(), () -> held.arrived() == requests.size()),
                    "%d requests were in line when as many responders had come, and only %d of these were being handled at once"
                            .formatted(requests.size(), held.arrived()));
            requests.forEach(it -> held.release(it.id()));
            futures.forEach(it -> exchange.reply("a request in line", it));
            exchange.judge(exchange.faultless());
        }
    }

    /** The sender's name for a message is not unique, and says nothing of who waits for its reply. */
    @Test
    @Verifies("Y-1")
    default void requestsWithEqualIdsGetTheirOwnReplies() {
        requestWithEqualIds(3);
    }

    @Property
    @Verifies("Y-1")
    default void anyNumberOfRequestsWithEqualIdsGetTheirOwnReplies(@ForAll @IntRange(min = 2, max = 6) int requests) {
        requestWithEqualIds(requests);
    }

    private void requestWithEqualIds(int requests) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            // None is answered before all have come: requests that follow one another would not meet.
            Replies.Gathered gathered =
                    new Replies.Gathered(requests, timeouts().await().multipliedBy(2));
            for (int i = 0; i < requests; i++) {
                exchange.respond("order.price", request -> {
                    gathered.await();
                    return Messages.builder("same-reply")
                            .payload(request.payload())
                            .build();
                });
            }
            for (int i = 0; i < requests; i++) {
                Message request =
                        Messages.builder("same").payload(bytes("question " + i)).build();
                futures.add(exchange.call(
                        "requestAsync",
                        () -> exchange.unrecorded().requestAsync("order.price", request, exchange.patience())));
            }
            exchange.await(
                    "the handling of %d requests with equal ids that came at once by %d idle responders"
                            .formatted(requests, requests),
                    () -> gathered.missing() == 0);
            for (int i = 0; i < requests; i++) {
                String answer = new String(
                        exchange.reply("a request whose message has the id of others", futures.get(i))
                                .payload(),
                        StandardCharsets.UTF_8);
                exchange.require(
                        answer.equals("question " + i),
                        "of several requests with equal ids, the one with 'question %d' was answered with the reply to '%s'"
                                .formatted(i, answer));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A client that counts its requests from 0 meets another one that does so too. */
    @Test
    @Verifies("Y-1")
    default void requestersOfSeveralInstancesNeverCross() {
        crossInstances(3, 5);
    }

    @Property
    @Verifies("Y-1")
    default void anyNumberOfInstancesNeverCross(
            @ForAll @IntRange(min = 2, max = 4) int instances, @ForAll @IntRange(min = 1, max = 5) int requests) {
        crossInstances(instances, requests);
    }

    /** Behind a server instances of one name share its responders; in memory each has its own. */
    private void crossInstances(int instances, int requests) {
        RequestJournal journal = new RequestJournal();
        List<RequestReplyUnderTest> opened = new ArrayList<>();
        try {
            opened.add(
                    RequestReplyUnderTest.open(this, target(), "Y-1", Names.fresh("Y-1"), config().build(), journal));
            RequestReplyUnderTest first = opened.get(0);
            while (opened.size() < instances) {
                opened.add(RequestReplyUnderTest.open(this, target(), "Y-1", first.name(), config().build(), journal));
            }
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            int all = instances * requests;
            for (int i = 0; i < all; i++) {
                // Behind a server the last instance asks of the others' responders, and has none itself.
                int where = isRemote() ? i % (instances - 1) : i % instances;
                opened.get(where).respond("order.price", held);
            }
            for (int i = 0; i < all; i++) {
                RequestReplyUnderTest asking = opened.get(i % instances);
                futures.add(asking.call(
                        "requestAsync",
                        () -> asking.recorded()
                                .requestAsync(
                                        "instance-" + opened.indexOf(asking),
                                        "order.price",
                                        Messages.message("r-" + futures.size()),
                                        asking.patience())));
            }
            first.require(
                    first.happensWithin(timeouts().await(), () -> held.arrived() == all),
                    "%d responders of %d instances of one name share %d requests, and only %d of these were being handled at once"
                            .formatted(all, instances, all, held.arrived()));
            for (int i = all - 1; i >= 0; i--) {
                held.release("r-" + i);
            }
            futures.forEach(it -> first.reply("a request among those of other instances", it));
            first.judge(first.faultless());
        } finally {
            opened.forEach(RequestReplyUnderTest::close);
        }
    }

    @Test
    @Verifies("Y-1")
    default void aHandlerMayAskInTurn() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            exchange.respond("order.stock", Replies.prompt());
            exchange.respond("order.price", request -> {
                exchange.recorded()
                        .request(
                                "handler",
                                "order.stock",
                                Messages.message("stock-for-" + request.id()),
                                exchange.patience());
                return Replies.to(request);
            });
            Messages.numbered(3).forEach(it -> exchange.request("order.price", it));
            exchange.judge(exchange.faultless());
        }
    }

    @Property
    @Verifies("Y-1")
    default void anyRequestersNeverCross(
            @ForAll(supplier = RequestReplyWorkloads.Prompt.class) RequestReplyWorkload workload) {
        RequestReplyDriver.judge(this, "Y-1", workload);
    }
}
