package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A responder that leaves answers what it has in hand, and leaves the rest to the others. */
public interface LeavingRules extends RequestReplyRules {
    /** What becomes of a handler that does not end in time. */
    String CUT_SHORT =
            "whose handler ended when its responder, being closed, interrupted it at the end of the drain timeout";

    @Test
    @Verifies("Y-1")
    default void aResponderThatIsClosedAnswersWhatItHasInHand() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            Responder leaving = exchange.respond("order.price", held);
            CompletableFuture<Message> inHand =
                    exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            Running<Boolean> close = Bounded.startRun("close of a responder", leaving::close);
            exchange.require(
                    exchange.stays(StillWaiting.in(close)),
                    "close of a responder returned while its handler was running, long before the drain timeout");
            held.release("in-hand");
            exchange.reply("a request in the hand of a responder that is being closed", inHand);
            exchange.run(
                    "close of a responder",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            exchange.judge(exchange.faultless());
        }
    }

    /** As {@link Responder#close()} says, also when its own handler was the first to close it. */
    @Test
    @Verifies("G-3")
    default void everyCloseOfAResponderWaitsForTheSameEnd() {
        for (boolean fromInside : List.of(false, true)) {
            closeAgain(fromInside);
        }
    }

    private void closeAgain(boolean fromInside) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            Replies.Held held = new Replies.Held(timeouts().recovery());
            CompletableFuture<Responder> self = new CompletableFuture<>();
            self.complete(exchange.respond("order.price", request -> {
                if (fromInside) {
                    self.join().close();
                }
                return held.handle(request);
            }));
            CompletableFuture<Message> inHand =
                    exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = fromInside ? 1 : 0; i < 2; i++) {
                closers.add(Bounded.startRun("close of a responder", self.join()::close));
            }
            exchange.require(
                    exchange.stays(StillWaiting.in(closers)),
                    "a responder was closed twice, the first time %s, and a close returned while its handler was running and time was left"
                            .formatted(fromInside ? "by its own handler" : "from outside as well"));
            held.release("in-hand");
            exchange.reply("a request in the hand of a responder that is being closed", inHand);
            closers.forEach(it -> exchange.run(
                    "close of a responder",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
        }
    }

    /** A second close, and one from elsewhere, takes nothing from the others. */
    @Test
    @Verifies("Y-1")
    default void aResponderThatIsClosedTwiceLeavesOnce() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Responder leaving = exchange.respond("order.price", Replies.prompt());
            exchange.respond("order.price", Replies.prompt());
            exchange.run("close of a responder", leaving::close);
            exchange.run("close of a closed responder", leaving::close);
            Messages.numbered(4).forEach(it -> exchange.request("order.price", it));
            exchange.awaitMetrics("one of two responders was closed, twice", it -> it.responders() == 1);
            exchange.judge(exchange.faultless());
        }
    }

    /** Two responders are two, be it with one handler. */
    @Test
    @Verifies("Y-1")
    default void oneHandlerMayRespondTwice() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            // Not recorded, since a recorded handler is another one each time.
            RequestHandler handler = Replies.prompt();
            List<Responder> responders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                responders.add(
                        exchange.call("respond", () -> exchange.unrecorded().respond("order.price", handler)));
            }
            exchange.awaitMetrics("one handler responds twice", it -> it.responders() == 2);
            exchange.run("close of a responder", responders.get(0)::close);
            for (int i = 0; i < 3; i++) {
                exchange.call(
                        "a request to the second responder of a handler, when the first is closed",
                        exchange.patience().multipliedBy(2),
                        () -> exchange.unrecorded()
                                .request("order.price", Messages.message("after"), exchange.patience()));
            }
            exchange.awaitMetrics("one of a handler's two responders is closed", it -> it.responders() == 1);
        }
    }

    /** As when one program replaces another: what the old one clears away at its end is not its successor's. */
    @Test
    @Verifies("Y-1")
    default void whoeverComesWhileTheLastResponderLeavesStays() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            Responder leaving = exchange.respond("order.price", held);
            CompletableFuture<Message> inHand =
                    exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            Running<Boolean> close = Bounded.startRun("close of a responder", leaving::close);
            exchange.await("the begin of a close", StillWaiting.in(close));
            exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("while-it-leaves"));
            held.release("in-hand");
            exchange.reply("a request in the hand of a responder that is being closed", inHand);
            exchange.run(
                    "close of a responder",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            for (int i = 0; i < 3; i++) {
                exchange.request("order.price", Messages.message("after-it-has-left-" + i));
            }
            exchange.judge(exchange.faultless());
        }
    }

    @Test
    @Verifies("Y-1")
    default void aHandlerMayCloseItsOwnResponder() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this,
                "Y-1",
                config().drainTimeout(timeouts().await().multipliedBy(5)).build())) {
            CompletableFuture<Responder> self = new CompletableFuture<>();
            self.complete(exchange.respond("order.price", request -> {
                self.join().close();
                return Replies.to(request);
            }));
            exchange.request("order.price", Messages.message("closes"));
            exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("next"));
            exchange.judge(exchange.faultless());
            exchange.awaitMetrics("a responder that its handler closed is gone", it -> it.responders() == 1);
        }
    }

    @Test
    @Verifies("Y-1")
    default void requestsOfAResponderThatLeavesGoToTheOthers() {
        leaveUnderLoad(2, 1, 12);
    }

    @Property
    @Verifies("Y-1")
    default void requestsSurviveAnyRespondersThatComeAndLeave(
            @ForAll @IntRange(min = 1, max = 3) int staying,
            @ForAll @IntRange(min = 1, max = 4) int leaving,
            @ForAll @IntRange(min = 1, max = 20) int requests) {
        leaveUnderLoad(staying, leaving, requests);
    }

    private void leaveUnderLoad(int staying, int leaving, int requests) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            List<Responder> goers = new ArrayList<>();
            for (int i = 0; i < staying; i++) {
                exchange.respond("order.price", Replies.prompt());
            }
            for (int i = 0; i < leaving; i++) {
                goers.add(exchange.respond("order.price", Replies.prompt()));
            }
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                futures.add(exchange.requestAsync("order.price", Messages.message("r-" + i), exchange.patience()));
                if (i < goers.size()) {
                    exchange.run("close of a responder", goers.get(i)::close);
                }
            }
            futures.forEach(it -> exchange.reply("a request while a responder left", it));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    @Test
    @Verifies("Y-1")
    default void aClosedResponderTakesNothingMore() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Responder closed = exchange.respond("order.price", request -> Messages.message("of-the-closed-one"));
            exchange.respond("order.price", Replies.prompt());
            exchange.require(
                    closed.topic().equals("order.price"),
                    "a responder to 'order.price' says that its topic is '%s'".formatted(closed.topic()));
            exchange.run("close of a responder", closed::close);
            for (Message request : Messages.numbered(10)) {
                Message reply = exchange.request("order.price", request);
                exchange.require(
                        !reply.id().equals("of-the-closed-one"),
                        "a responder answered " + request.id() + " after its close had returned");
            }
            exchange.judge(exchange.faultless());
        }
    }

    /** A handler that never ends by itself is interrupted when the drain timeout has run out. */
    @Test
    @Verifies("G-3")
    default void closingAResponderWaitsNoLongerThanTheDrainTimeout() {
        Duration drain = timeouts().quiet().multipliedBy(2);
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-3", config().drainTimeout(drain).build())) {
            CountDownLatch interrupted = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            Responder responder = exchange.respond("order.price", request -> {
                try {
                    never.await(timeouts().recovery().toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return Replies.to(request);
            });
            exchange.requestAsync(
                    "order.price",
                    Messages.message("stuck"),
                    exchange.patience().multipliedBy(3));
            exchange.await("the request being handled", () -> exchange.handled() == 1);
            long start = System.nanoTime();
            exchange.run("close of a responder whose handler does not end", responder::close);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            exchange.require(
                    took.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close of a responder took %s with a drain timeout of %s".formatted(took, drain));
            exchange.require(
                    took.plusMillis(1).compareTo(drain) >= 0,
                    "close of a responder took %s, though a handler was running and the drain timeout is %s"
                            .formatted(took, drain));
            exchange.require(
                    exchange.happensWithin(timeouts().await(), () -> interrupted.getCount() == 0),
                    "the handler that still ran at the end of the drain timeout was not interrupted");
            never.countDown();
        }
    }

    @Test
    @Verifies("Y-1")
    default void theReplyOfAHandlerThatIsCutShortArrives() {
        try (RequestReplyUnderTest exchange = openBriefly("Y-1")) {
            exchange.reply("a request " + CUT_SHORT, cutShort(exchange, Replies::to));
            exchange.judge(exchange.faultless());
        }
    }

    @Test
    @Verifies("Y-2")
    default void theFailureOfAHandlerThatIsCutShortArrives() {
        try (RequestReplyUnderTest exchange = openBriefly("Y-2")) {
            CompletableFuture<Message> inHand = cutShort(exchange, request -> {
                throw new IllegalStateException("cut short");
            });
            exchange.failed(ResponderFailedException.class, "a request " + CUT_SHORT, inHand);
        }
    }

    private RequestReplyUnderTest openBriefly(String rule) {
        return RequestReplyUnderTest.open(
                this, rule, config().drainTimeout(timeouts().quiet()).build());
    }

    /** A request whose handler ends in this way as soon as the close of its responder interrupts it. */
    private CompletableFuture<Message> cutShort(RequestReplyUnderTest exchange, RequestHandler ending) {
        CountDownLatch never = new CountDownLatch(1);
        Responder leaving = exchange.respond("order.price", request -> {
            try {
                never.await(timeouts().recovery().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return ending.handle(request);
            }
            throw new IllegalStateException("not interrupted by a close that had waited for its drain timeout");
        });
        CompletableFuture<Message> inHand =
                exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
        exchange.await("the request being handled", () -> exchange.handled() == 1);
        exchange.run("close of a responder whose handler waits for an interrupt", leaving::close);
        return inHand;
    }
}
