package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkloads;
import org.junit.jupiter.api.Test;

/** Closing is final, repeatable, tells every requester and leaves no thread behind. */
public interface ClosingRules extends RequestReplyRules {
    /** The operations that a closed instance refuses. */
    enum Operation {
        /** {@link RequestReply#request}. */
        REQUEST,
        /** {@link RequestReply#requestAsync}. */
        REQUEST_ASYNC,
        /** {@link RequestReply#respond}. */
        RESPOND;

        @SuppressWarnings({"resource", "FutureReturnValueIgnored"}) // nothing comes of what is refused
        private void make(RequestReply exchange) {
            Message message = Messages.message("after-close");
            switch (this) {
                case REQUEST -> exchange.request("order.price", message, Duration.ofSeconds(1));
                case REQUEST_ASYNC -> exchange.requestAsync("order.price", message, Duration.ofSeconds(1));
                case RESPOND -> exchange.respond("order.price", Replies.prompt());
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedInstanceRefusesEverythingButItsLastFigures() {
        afterClosed(List.of(Operation.values()));
    }

    @Property
    @Verifies("G-2")
    default void aClosedInstanceRefusesAnySequenceOfCalls(@ForAll @Size(min = 1, max = 8) List<Operation> operations) {
        afterClosed(operations);
    }

    private void afterClosed(List<Operation> operations) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-2")) {
            Responder responder = exchange.respond("order.price", Replies.prompt());
            Messages.numbered(3).forEach(it -> exchange.request("order.price", it));
            Counts.requireExact(exchange);
            RequestReplyMetrics before = exchange.metrics();
            exchange.closeNow();
            for (Operation operation : operations) {
                exchange.refused(
                        ClosedException.class, operation + " after close", () -> operation.make(exchange.unrecorded()));
                requireLastFigures(exchange, before, operation);
            }
            exchange.run("close of a responder whose instance is closed", responder::close);
        }
    }

    private static void requireLastFigures(
            RequestReplyUnderTest exchange, RequestReplyMetrics before, Operation operation) {
        RequestReplyMetrics after = exchange.metrics();
        exchange.require(
                after.equals(new RequestReplyMetrics(
                        before.requested(),
                        before.answered(),
                        before.failed(),
                        before.timedOut(),
                        before.abandoned(),
                        0,
                        0)),
                "the metrics were %s before close and are %s after it and %s".formatted(before, after, operation));
    }

    /** Those who wait hear of it at once, and not when their time is up. */
    @Test
    @Verifies("G-2")
    default void requestsUnderWayAtTheCloseAreToldSo() {
        closeUnderRequests(2, 2);
    }

    @Property
    @Verifies("G-2")
    default void anyRequestsUnderWayAtTheCloseAreToldSo(
            @ForAll @IntRange(max = 3) int waiting, @ForAll @IntRange(max = 3) int futures) {
        closeUnderRequests(waiting, futures);
    }

    private void closeUnderRequests(int waiting, int futures) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-2")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            exchange.respond("order.price", held);
            Duration timeout = timeouts().await().multipliedBy(10);
            List<Running<Message>> callers = new ArrayList<>();
            List<CompletableFuture<Message>> pending = new ArrayList<>();
            for (int i = 0; i < waiting; i++) {
                callers.add(exchange.start("waiting-" + i, "order.price", Messages.message("w-" + i), timeout));
            }
            for (int i = 0; i < futures; i++) {
                pending.add(exchange.requestAsync("order.price", Messages.message("f-" + i), timeout));
            }
            exchange.awaitMetrics(
                    "%d requests are under way".formatted(waiting + futures), it -> it.pending() == waiting + futures);
            if (waiting + futures > 0) {
                exchange.await("the first request being handled", () -> held.arrived() == 1);
            }
            Running<Boolean> close = Bounded.startRun("close", exchange.unrecorded()::close);
            callers.forEach(it -> exchange.failed(
                    ClosedException.class,
                    "a request under way at the close",
                    timeouts().await(),
                    () -> it.await(timeouts().await())));
            pending.forEach(it -> exchange.failed(ClosedException.class, "a request under way at the close", it));
            for (int i = 0; i < waiting + futures; i++) {
                held.release(i < waiting ? "w-" + i : "f-" + (i - waiting));
            }
            exchange.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            exchange.closeNow();
            exchange.require(
                    exchange.metrics().pending() == 0,
                    "after close the metrics say that %d requests are pending"
                            .formatted(exchange.metrics().pending()));
            RequestReplyMetrics told = new RequestReplyMetrics(waiting + futures, 0, 0, 0, waiting + futures, 0, 0);
            exchange.require(
                    exchange.metrics().equals(told),
                    "%d requests were under way and told of the close, and then answered; the metrics are %s, where %s is due"
                            .formatted(waiting + futures, exchange.metrics(), told));
        }
    }

    /** As {@link RequestReply#close()} says, also when a handler was the first to close it. */
    @Test
    @Verifies("G-3")
    default void everyCloseWaitsForTheSameEnd() {
        for (boolean fromInside : List.of(false, true)) {
            closeAgain(fromInside);
        }
    }

    private void closeAgain(boolean fromInside) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            Replies.Held held = new Replies.Held(timeouts().recovery());
            exchange.respond("order.price", request -> {
                if (fromInside) {
                    exchange.unrecorded().close();
                }
                return held.handle(request);
            });
            exchange.requestAsync("order.price", Messages.message("in-hand"), exchange.patience());
            exchange.await("the request being handled", () -> held.arrived() == 1);
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = fromInside ? 1 : 0; i < 2; i++) {
                closers.add(Bounded.startRun("close", exchange.unrecorded()::close));
            }
            exchange.require(
                    exchange.stays(StillWaiting.in(closers)),
                    "an instance was closed twice, the first time %s, and a close returned while a handler was running and time was left"
                            .formatted(fromInside ? "by that handler" : "from outside as well"));
            held.release("in-hand");
            closers.forEach(it -> exchange.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            exchange.closeNow();
        }
    }

    @Test
    @Verifies("G-3")
    default void theInstanceMayBeClosedAgainAndBySeveralAtOnce() {
        closeFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void theInstanceMayBeClosedFromInsideAHandler() {
        closeFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void theInstanceMayBeClosedFromAnywhere(
            @ForAll @IntRange(max = 4) int outside, @ForAll @IntRange(max = 3) int inside) {
        closeFrom(outside, inside);
    }

    /** The drain timeout is longer than the patience, so that a close that waits for its own handler is noticed. */
    private void closeFrom(int outside, int inside) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this,
                "G-3",
                config().drainTimeout(timeouts().await().multipliedBy(5)).build())) {
            AtomicInteger closings = new AtomicInteger();
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            for (int i = 0; i < inside; i++) {
                exchange.respond("order.price", request -> {
                    Message reply = held.handle(request);
                    exchange.unrecorded().close();
                    closings.incrementAndGet();
                    return reply;
                });
                exchange.requestAsync("order.price", Messages.message("closes-" + i), exchange.patience());
            }
            exchange.await("the requests being handled", () -> held.arrived() == inside);
            for (int i = 0; i < inside; i++) {
                held.release("closes-" + i);
            }
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", exchange.unrecorded()::close));
            }
            exchange.require(
                    exchange.happensWithin(timeouts().await(), () -> closings.get() == inside),
                    "close from inside a handler did not return within "
                            + timeouts().await());
            closers.forEach(it -> exchange.run(
                    "close by one of " + outside + " threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            exchange.closeNow();
            exchange.closeNow();
            exchange.refused(
                    ClosedException.class, "request after close", () -> Operation.REQUEST.make(exchange.unrecorded()));
        }
    }

    /** Handlers that never end by themselves share one drain timeout, and are interrupted when it has run out. */
    @Test
    @Verifies("G-3")
    default void closingWaitsForAllHandlersNoLongerThanOneDrainTimeout() {
        Duration drain = timeouts().tolerance();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-3", config().drainTimeout(drain).build())) {
            Replies.Held held = new Replies.Held(timeouts().recovery());
            for (int i = 0; i < 4; i++) {
                exchange.respond("order.price", held);
                exchange.requestAsync("order.price", Messages.message("stuck-" + i), exchange.patience());
            }
            exchange.await("the requests being handled", () -> held.arrived() == 4);
            long start = System.nanoTime();
            exchange.closeNow();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            exchange.require(
                    took.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close took %s with a drain timeout of %s and 4 handlers that do not end".formatted(took, drain));
        }
    }

    /** A close from inside waits for nobody; whoever closes after it waits, but no longer than the drain timeout. */
    @Test
    @Verifies("G-3")
    default void theHandlersOfRespondersThatLeftBeforeHaveTheDrainTimeoutToo() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().quiet()).build())) {
            Replies.Held held = new Replies.Held(timeouts().recovery());
            CompletableFuture<Responder> self = new CompletableFuture<>();
            AtomicInteger interrupted = new AtomicInteger();
            self.complete(exchange.respond("order.price", request -> {
                self.join().close();
                try {
                    return held.handle(request);
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    throw e;
                }
            }));
            exchange.requestAsync("order.price", Messages.message("leaves"), exchange.patience());
            exchange.await("close of a responder from inside its handler", () -> held.hasArrived("leaves"));
            exchange.closeNow();
            exchange.await(
                    "the interrupt of a handler that does not end, whose responder had been closed from inside, by the close of its instance",
                    () -> interrupted.get() == 1);
            held.release("leaves");
        }
    }

    @Test
    @Verifies("G-3")
    default void aResponderMayBeClosedAgainAndBySeveralAtOnce() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-3")) {
            Responder responder = exchange.respond("order.price", Replies.prompt());
            exchange.request("order.price", Messages.message("before"));
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                closers.add(Bounded.startRun("close of a responder", responder::close));
            }
            closers.forEach(it -> exchange.run(
                    "close of a responder by one of 4 threads",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            exchange.run("close of a closed responder", responder::close);
        }
    }

    /** It is refused, or ends with its instance. */
    @Test
    @Verifies("G-10")
    default void aRespondThatMeetsACloseLeavesNothingBehind() {
        for (int round = 0; round < (isRemote() ? 5 : 40); round++) {
            ThreadCensus census = ThreadCensus.take();
            try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-10")) {
                exchange.respond("order.stock", Replies.prompt());
                String what = "close, and a respond that met it";
                Together.closeAnd(
                                what,
                                round,
                                exchange::closeNow,
                                () -> exchange.unrecorded().respond("order.price", Replies.prompt()))
                        .forEach(it -> exchange.run(
                                what,
                                timeouts().await().multipliedBy(2),
                                () -> it.await(timeouts().await())));
                requireNoThreadLeft(exchange, census);
            }
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedInstanceLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-10")) {
            Responder gone = exchange.respond("order.stock", Replies.prompt());
            exchange.respond("order.price", Replies.prompt());
            Replies.Held held = new Replies.Held(timeouts().await());
            exchange.respond("order.slow", held);
            Messages.numbered(5).forEach(it -> exchange.request("order.price", it));
            exchange.failed(OperationTimeoutException.class, "order.slow", Messages.message("late"), exchange.brief());
            exchange.failed(NoResponderException.class, "order.nobody", Messages.message("unheard"), exchange.brief());
            held.release("late");
            exchange.run("close of a responder", gone::close);
            exchange.closeNow();
            requireNoThreadLeft(exchange, census);
        }
    }

    @Property
    @Verifies("G-10")
    default void theInstanceClosedAfterAnyWorkLeavesNoThreadBehind(
            @ForAll(supplier = RequestReplyWorkloads.Failing.class) RequestReplyWorkload workload,
            @ForAll @IntRange(max = 3) int pending) {
        ThreadCensus census = ThreadCensus.take();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-10")) {
            RequestReplyDriver.run(this, exchange, workload);
            Replies.Held held = new Replies.Held(timeouts().await());
            exchange.respond("order.slow", held);
            for (int i = 0; i < pending; i++) {
                exchange.requestAsync("order.slow", Messages.message("open-" + i), exchange.patience());
                held.release("open-" + i);
            }
            exchange.closeNow();
            requireNoThreadLeft(exchange, census);
        }
    }

    private void requireNoThreadLeft(RequestReplyUnderTest exchange, ThreadCensus census) {
        List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
        exchange.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
    }
}
