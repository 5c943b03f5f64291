package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Heap;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A request that got no reply in time is told so at its time, and its late reply answers nothing. */
public interface TimeoutRules extends RequestReplyRules {
    @Test
    @Verifies("Y-1")
    default void aRequestThatNobodyAnswersTimesOut() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            CompletableFuture<Message> future =
                    exchange.requestAsync("order.price", Messages.message("async"), exchange.brief());
            exchange.failed(OperationTimeoutException.class, "a request that nobody answers", future);
            exchange.failed(
                    OperationTimeoutException.class, "order.price", Messages.message("waiting"), exchange.brief());
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
            held.release("async");
            held.release("waiting");
        }
    }

    private Replies.Held held() {
        return new Replies.Held(timeouts().await().multipliedBy(3));
    }

    /** Requests wait behind one that is never answered, so that each has a time of its own to run out. */
    @Test
    @Verifies("Y-1")
    @Needs(clock = true)
    default void everyTimeoutRunsOutExactlyAtItsOwnTime() {
        timeOutExactly(List.of(500, 0, 250, 1000, 1), List.of(100, 100, 0, 300, 0));
    }

    @Property
    @Verifies("Y-1")
    @Needs(clock = true)
    default void anyTimeoutsRunOutExactlyAtTheirOwnTimes(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 2_000_000_000) Integer> timeouts,
            @ForAll @Size(6) List<@IntRange(max = 1_000_000) Integer> pauses) {
        timeOutExactly(timeouts, pauses);
    }

    /** Asks one after another, with pauses between; then moves the clock to just before and just onto each end. */
    private void timeOutExactly(List<Integer> timeoutMillis, List<Integer> pauses) {
        VirtualTime virtual = target().virtualTime().orElseThrow();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, virtual.target(), "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            List<Timed> all = new ArrayList<>();
            Duration now = Duration.ZERO;
            // Keeps the responder busy all the while.
            exchange.requestAsync("order.price", Messages.message("first"), Duration.ofDays(365));
            exchange.await("the first request being handled", () -> held.arrived() == 1);
            for (int i = 0; i < timeoutMillis.size(); i++) {
                // Of none is the time up before all are under way: pauses add up to less than this.
                Duration timeout = Duration.ofMillis(10_000_000L + timeoutMillis.get(i));
                String id = "r-" + i;
                Message request = Messages.message(id);
                if (i % 2 == 0) {
                    CompletableFuture<Message> future = exchange.requestAsync("order.price", request, timeout);
                    all.add(new Timed(
                            id,
                            now.plus(timeout),
                            future::isDone,
                            it -> it.failed(
                                    OperationTimeoutException.class,
                                    "request " + id + " at the end of its time",
                                    future)));
                } else {
                    int pending = exchange.metrics().pending();
                    Running<Message> waiting = exchange.start("waiting", "order.price", request, timeout);
                    exchange.awaitMetrics("a request is under way", it -> it.pending() == pending + 1);
                    exchange.await("a requester waiting for its reply", waiting::isAtRest);
                    all.add(new Timed(
                            id,
                            now.plus(timeout),
                            waiting::isDone,
                            it -> it.refused(
                                    OperationTimeoutException.class,
                                    "request " + id + " at the end of its time",
                                    () -> waiting.await(timeouts().await().dividedBy(2)))));
                }
                Duration pause = Duration.ofMillis(pauses.get(i));
                virtual.clock().advance(pause);
                now = now.plus(pause);
            }
            all.sort(Comparator.comparing(Timed::end));
            for (Timed timed : all) {
                Duration justBefore = timed.end().minusNanos(1);
                if (justBefore.compareTo(now) > 0) {
                    virtual.clock().advance(justBefore.minus(now));
                    now = justBefore;
                    exchange.require(
                            !timed.done().getAsBoolean(),
                            timed.id() + " ended a nanosecond, or more, before its timeout had run out");
                }
                virtual.clock().advance(timed.end().minus(now));
                now = timed.end();
                timed.requireTimedOut().accept(exchange);
            }
            exchange.awaitMetrics("all but the first have timed out", it -> it.pending() == 1);
            held.release("first");
            // A responder may yet be given what timed out in line.
            all.forEach(it -> held.release(it.id()));
        }
    }

    /** No sooner than its timeout: a timer of milliseconds has to round up. */
    @Test
    @Verifies("Y-1")
    @Needs(clock = true)
    default void noPartOfATimeoutIsCutOff() {
        VirtualTime virtual = target().virtualTime().orElseThrow();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, virtual.target(), "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            Duration timeout = Duration.ofSeconds(10).plusNanos(999_999);
            CompletableFuture<Message> future = exchange.requestAsync("order.price", Messages.message("held"), timeout);
            exchange.await("the request being handled", () -> held.arrived() == 1);
            virtual.clock().advance(timeout.minusNanos(1));
            // Whoever cut the timeout has ended the request by now, or is about to.
            exchange.require(
                    exchange.stays(() -> !future.isDone()),
                    "a request with a timeout of %s ended before that was over".formatted(timeout));
            virtual.clock().advance(Duration.ofMillis(1));
            exchange.failed(OperationTimeoutException.class, "a request at the end of its time", future);
            held.release("held");
        }
    }

    /** What a request waits for a responder is part of its time: it has no more left when it is taken. */
    @Test
    @Verifies("Y-1")
    @Needs(clock = true)
    default void theTimeInLineCounts() {
        VirtualTime virtual = target().virtualTime().orElseThrow();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, virtual.target(), "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            CompletableFuture<Message> first =
                    exchange.requestAsync("order.price", Messages.message("first"), Duration.ofDays(365));
            exchange.await("the first request being handled", () -> held.arrived() == 1);
            CompletableFuture<Message> second =
                    exchange.requestAsync("order.price", Messages.message("second"), Duration.ofMinutes(10));
            virtual.clock().advance(Duration.ofMinutes(7));
            held.release("first");
            exchange.reply("the first request", first);
            exchange.await("the second request being handled", () -> held.hasArrived("second"));
            virtual.clock().advance(Duration.ofMinutes(3).minusNanos(1));
            exchange.require(
                    !second.isDone(),
                    "a request that stood in line for 7 minutes of its 10 ended before the last of them was over");
            virtual.clock().advance(Duration.ofNanos(1));
            exchange.awaitMetrics(
                    "a request that stood in line for 7 minutes of its 10 has timed out 3 minutes after it was taken",
                    it -> it.timedOut() == 1);
            exchange.failed(OperationTimeoutException.class, "a request at the end of its time", second);
            held.release("second");
        }
    }

    /**
     * A request whose end is known.
     *
     * @param id its name
     * @param end when its time is up, from the beginning of the test
     * @param done whether it has ended
     * @param requireTimedOut fails the test unless it ends as timed out
     */
    record Timed(String id, Duration end, BooleanSupplier done, Consumer<RequestReplyUnderTest> requireTimedOut) {}

    /** The late reply of the first is given while the second is under way, and certainly sent before that one's own. */
    @Test
    @Verifies("Y-1")
    default void aLateReplyAnswersNoOtherRequest() {
        answerLate(1, 1);
    }

    @Property
    @Costly
    @Verifies("Y-1")
    default void anyLateRepliesAnswerNoOtherRequest(
            @ForAll @IntRange(min = 1, max = 4) int late, @ForAll @IntRange(min = 1, max = 3) int later) {
        answerLate(late, later);
    }

    private void answerLate(int late, int later) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = held();
            for (int i = 0; i < late + later; i++) {
                exchange.respond("order.price", held);
            }
            List<CompletableFuture<Message>> timedOut = new ArrayList<>();
            for (int i = 0; i < late; i++) {
                timedOut.add(exchange.requestAsync("order.price", Messages.message("late-" + i), exchange.brief()));
            }
            exchange.await(
                    "the handling of %d requests that came at once by %d idle responders".formatted(late, late + later),
                    () -> held.arrived() == late);
            timedOut.forEach(
                    it -> exchange.failed(OperationTimeoutException.class, "a request that is answered too late", it));
            List<CompletableFuture<Message>> next = new ArrayList<>();
            for (int i = 0; i < later; i++) {
                next.add(exchange.requestAsync("order.price", Messages.message("next-" + i), exchange.patience()));
            }
            exchange.await("the next requests being handled", () -> held.arrived() == late + later);
            for (int i = 0; i < late; i++) {
                held.release("late-" + i);
            }
            // Whoever was late is free again only when its reply is on its way.
            for (int i = 0; i < late; i++) {
                held.release("free-" + i);
                exchange.request("order.price", Messages.message("free-" + i));
            }
            exchange.require(
                    exchange.stays(() -> next.stream().noneMatch(CompletableFuture::isDone)),
                    "a request ended when the late reply to an earlier one came, and before its own was given");
            for (int i = 0; i < later; i++) {
                held.release("next-" + i);
            }
            next.forEach(it -> exchange.reply("a request after one that was answered too late", it));
            exchange.require(
                    timedOut.stream().allMatch(CompletableFuture::isCompletedExceptionally),
                    "a request that had timed out was answered by its late reply");
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    @Test
    @Verifies("Y-1")
    default void aCancelledRequestIsForgotten() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            CompletableFuture<Message> future = exchange.requestAsync(
                    "order.price",
                    Messages.message("cancelled"),
                    exchange.patience().multipliedBy(10));
            exchange.await("the request being handled", () -> held.arrived() == 1);
            future.cancel(true);
            exchange.awaitMetrics("nothing is pending once the future was cancelled", it -> it.pending() == 0);
            held.release("cancelled");
            held.release("next");
            exchange.request("order.price", Messages.message("next"));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    /** Also not by the timer of one that was answered long before its time. */
    @Test
    @Verifies("Y-1")
    @Needs(inMemory = true)
    default void theTimerOfARequestThatWasAnsweredKeepsNothing() {
        int size = target().limits().maxPayloadBytes();
        int requests = Math.min(1000, (64 << 20) / size + 1);
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            // Not recorded, since the record would keep all of them.
            exchange.call(
                    "respond", () -> exchange.unrecorded().respond("order.price", any -> Messages.message("reply")));
            exchange.request("order.price", Messages.message("first"));
            long before = Heap.used();
            exchange.run(
                    "%d requests of %d bytes".formatted(requests, size),
                    timeouts().await().multipliedBy(2),
                    () -> {
                        for (int i = 0; i < requests; i++) {
                            Message request = Messages.builder("r-" + i)
                                    .payload(new byte[size])
                                    .build();
                            exchange.unrecorded().request("order.price", request, Duration.ofDays(365));
                        }
                    });
            long grown = Heap.used() - before;
            exchange.require(
                    grown < Math.max((long) requests * size / 2, 8 << 20),
                    "%d requests of %d bytes were answered, and %d MiB of them are still in use"
                            .formatted(requests, size, grown >> 20));
        }
    }

    @Test
    @Verifies("Y-1")
    default void theLongestTimeoutIsNoneThatRunsOutAtOnce() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = held();
            exchange.respond("order.price", held);
            CompletableFuture<Message> future =
                    exchange.requestAsync("order.price", Messages.message("patient"), Duration.ofDays(365));
            exchange.await("the request being handled", () -> held.arrived() == 1);
            exchange.require(
                    exchange.stays(() -> !future.isDone()),
                    "a request with a timeout of 365 days ended before anyone answered it");
            held.release("patient");
            exchange.reply("a request with a timeout of 365 days", future);
            exchange.judge(exchange.faultless());
        }
    }
}
