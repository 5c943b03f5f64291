package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface ConcurrencyRules extends RequestReplyRules {
    @Test
    @Verifies("G-4")
    default void allMethodsOfRequestReplyMayBeCalledAtOnce() {
        callAllAtOnce(4, 2, isRemote() ? 30 : 500);
    }

    /** A reply and a cancellation that meet: whichever comes first ends the request, and the other one finds that it has ended. */
    @Test
    @Verifies("G-4")
    default void aRequestThatIsAnsweredWhileItIsCancelledEndsOnce() {
        int most = isRemote() ? 30 : 1000;
        Duration longest = timeouts().await().dividedBy(5);
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-4")) {
            AtomicInteger made = new AtomicInteger();
            AtomicInteger seen = new AtomicInteger();
            AtomicInteger released = new AtomicInteger();
            exchange.respond("order.price", request -> {
                int number = seen.incrementAndGet();
                long limit = System.nanoTime() + timeouts().await().toNanos();
                // Without a wait, which would let the cancellation always come first.
                while (released.get() < number && System.nanoTime() < limit) {
                    Thread.onSpinWait();
                }
                return Replies.to(request);
            });
            exchange.run(
                    "requests that are answered and cancelled at once",
                    timeouts().await().multipliedBy(3),
                    () -> {
                        // On a machine with one core, or a busy one, each turn may cost some of its time slices.
                        long end = System.nanoTime() + longest.toNanos();
                        for (int i = 1; i <= most && System.nanoTime() < end; i++) {
                            made.set(i);
                            CompletableFuture<Message> future = exchange.unrecorded()
                                    .requestAsync("order.price", Messages.message("r-" + i), exchange.patience());
                            while (seen.get() < i && !future.isDone()) {
                                Thread.yield();
                            }
                            if (seen.get() < i) {
                                return; // It was lost, which the counts tell.
                            }
                            released.set(i);
                            for (int pause = i % 16; pause > 0; pause--) {
                                Thread.onSpinWait();
                            }
                            future.cancel(true);
                        }
                    });
            exchange.awaitMetrics(
                    "%d requests were answered or cancelled, each counted once by its end".formatted(made.get()),
                    it -> it.pending() == 0
                            && it.requested() == made.get()
                            && it.answered() + it.failed() + it.timedOut() + it.abandoned() == made.get());
        }
    }

    @Property
    @Verifies("G-4")
    default void allMethodsOfRequestReplyMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 1, max = 5) int requesters, @ForAll @IntRange(min = 1, max = 3) int responders) {
        callAllAtOnce(requesters, responders, isRemote() ? 10 : 100);
    }

    private void callAllAtOnce(int requesters, int responders, int requests) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-4")) {
            for (int i = 0; i < responders; i++) {
                exchange.respond("order.price", Replies.prompt());
                exchange.respond("order.stock", Replies.prompt());
            }
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < requesters; i++) {
                String requester = "requester-" + i;
                callers.add(Bounded.startRun(requester, () -> ask(exchange, requester, requests)));
            }
            callers.add(Bounded.startRun("comes and goes", () -> comeAndGo(exchange)));
            callers.add(Bounded.startRun("asks for metrics", () -> sample(exchange)));
            callers.forEach(it -> exchange.run(
                    "a call among many",
                    timeouts().await().multipliedBy(4),
                    () -> it.await(timeouts().await().multipliedBy(3))));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private static void ask(RequestReplyUnderTest exchange, String requester, int requests) {
        List<CompletableFuture<Message>> futures = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Message request = Messages.message(requester + "-" + i);
            if (i % 3 == 0) {
                futures.add(exchange.recorded().requestAsync(requester, "order.price", request, exchange.patience()));
            } else {
                exchange.recorded().request(requester, "order.stock", request, exchange.patience());
            }
        }
        futures.forEach(CompletableFuture::join);
    }

    private static void comeAndGo(RequestReplyUnderTest exchange) {
        for (int i = 0; i < 10; i++) {
            exchange.recorded().respond("order.price", Replies.prompt()).close();
        }
    }

    /** At any time the endings and what is pending make up all requests. */
    private static void sample(RequestReplyUnderTest exchange) {
        for (int i = 0; i < 200; i++) {
            RequestReplyMetrics now = exchange.unrecorded().metrics();
            long sum = now.answered() + now.failed() + now.timedOut() + now.abandoned() + now.pending();
            exchange.require(
                    now.requested() == sum,
                    "%d requests were made, and their endings and those pending add up to %d: %s"
                            .formatted(now.requested(), sum, now));
        }
    }
}
