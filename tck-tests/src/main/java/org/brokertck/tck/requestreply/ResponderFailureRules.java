package org.brokertck.tck.requestreply;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkloads;
import org.junit.jupiter.api.Test;

/** A responder's failure comes back as a failure that tells what went wrong, and the responder goes on. */
public interface ResponderFailureRules extends RequestReplyRules {
    /** What a handler may do instead of replying. */
    enum Mishap {
        /** Throws an unchecked exception. */
        EXCEPTION(new IllegalStateException("no price for this article")),
        /** Throws a checked exception. */
        CHECKED(new IOException("the catalogue is gone")),
        /** Throws an error. */
        ERROR(new AssertionError("an error")),
        /** Throws an error that a full heap or a broken class path causes. */
        LINKAGE(new NoClassDefFoundError("a missing class")),
        /** Throws what has a cause, which is not what was thrown. */
        CAUSED(new IllegalStateException("no price for this article", new IOException("the catalogue is gone"))),
        /** Throws what a future throws that failed. */
        COMPLETION(new CompletionException("a future failed", new IOException("the catalogue is gone"))),
        /** Throws what waiting for a future throws. */
        EXECUTION(new ExecutionException("a future failed", new IOException("the catalogue is gone"))),
        /** Throws without a text. */
        NO_TEXT(new IllegalArgumentException()),
        /** Throws with a text that is not plain. */
        @SuppressWarnings("OrphanedFormatString") // whoever takes it for a format is caught
        ODD_TEXT(new IllegalStateException("«Ошибка» 漢字 🎁 \" ' \\ { } \n second line: 100 %s")),
        /** Throws with a text that is too long to be kept whole. */
        LONG_TEXT(new IllegalStateException("long ".repeat(2000))),
        /** Throws what an interrupt does, with the flag set. */
        INTERRUPTED(new InterruptedException("interrupted")),
        /** Throws what the broker itself throws when time runs out. */
        TIMEOUT(new OperationTimeoutException("a call of the handler timed out")),
        /** Throws what the broker itself throws when nobody responds. */
        NO_RESPONDER(new NoResponderException("nobody answers the handler"));

        private final Throwable thrown;

        Mishap(Throwable thrown) {
            this.thrown = thrown;
        }

        private void happen() throws Exception {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw (Exception) thrown;
        }

        private void requireTold(RequestReplyUnderTest exchange, ResponderFailedException told) {
            Failure due = Failure.of(thrown);
            Failure failure = told.failure();
            exchange.require(
                    failure.equals(due),
                    "the handler threw %s with the text '%s', and the requester was told %s with the text '%s'"
                            .formatted(due.type(), due.text(), failure.type(), failure.text()));
            String text = String.valueOf(told.getMessage());
            exchange.require(
                    text.contains(due.text()) && text.contains("order.price"),
                    "the failure's message names not both the topic and what went wrong: " + text);
        }
    }

    @Test
    @Verifies("Y-2")
    default void whateverAHandlerThrowsIsToldWithTypeAndText() {
        failAll(List.of(Mishap.values()));
    }

    @Property
    @Verifies("Y-2")
    default void anySequenceOfFailuresIsTold(@ForAll @Size(min = 1, max = 8) List<Mishap> mishaps) {
        failAll(mishaps);
    }

    private void failAll(List<Mishap> mishaps) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            exchange.respond("order.price", request -> {
                if (!request.id().startsWith("m-")) {
                    Mishap.valueOf(Objects.requireNonNull(request.headers().get("mishap"), "mishap"))
                            .happen();
                }
                return Replies.to(request);
            });
            for (int i = 0; i < mishaps.size(); i++) {
                Mishap mishap = mishaps.get(i);
                Message request = failing("fails-" + i, mishap);
                // Told at once, and not when the time is up.
                Duration timeout = exchange.patience().multipliedBy(10);
                ResponderFailedException told = i % 2 == 0
                        ? exchange.failed(
                                ResponderFailedException.class,
                                "a request whose handler throws " + mishap.thrown,
                                exchange.patience(),
                                () -> exchange.recorded()
                                        .request(RequestReplyUnderTest.MAIN, "order.price", request, timeout))
                        : exchange.failed(
                                ResponderFailedException.class,
                                "a request whose handler throws " + mishap.thrown,
                                exchange.requestAsync("order.price", request, timeout));
                mishap.requireTold(exchange, told);
                exchange.request("order.price", Messages.message("m-" + i));
            }
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private static Message failing(String id, Mishap mishap) {
        return Messages.builder(id).headers(Map.of("mishap", mishap.name())).build();
    }

    @Test
    @Verifies("Y-2")
    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    default void aHandlerThatReturnsNullHasFailed() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            exchange.respond("order.price", request -> request.id().equals("null") ? null : Replies.to(request));
            ResponderFailedException told = exchange.failed(
                    ResponderFailedException.class, "order.price", Messages.message("null"), exchange.patience());
            exchange.require(
                    !told.failure().text().isBlank(),
                    "a handler returned null, and its requester was told a failure without a text");
            exchange.request("order.price", Messages.message("after"));
            exchange.judge(exchange.faultless());
        }
    }

    @Test
    @Verifies("Y-2")
    default void aReplyThatIsTooLargeIsAFailure() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            Map<String, Message> replies = Map.of(
                    "payload",
                    Messages.builder("reply")
                            .payload(new byte[target().limits().maxPayloadBytes() + 1])
                            .build(),
                    "headers",
                    Messages.builder("reply")
                            .headers(Map.of("h", "v".repeat(target().limits().maxHeaderBytes())))
                            .build());
            exchange.respond("order.price", request -> replies.getOrDefault(request.id(), Replies.to(request)));
            for (String part : List.of("payload", "headers")) {
                ResponderFailedException told = exchange.failed(
                        ResponderFailedException.class,
                        "request that is answered with a byte more than the limit of its " + part,
                        exchange.patience(),
                        () -> exchange.unrecorded()
                                .request(
                                        "order.price",
                                        Messages.message(part),
                                        exchange.patience().multipliedBy(10)));
                exchange.require(
                        !told.failure().text().isBlank(),
                        "a reply was too large, and its requester was told a failure without a text");
                exchange.request("order.price", Messages.message("after-" + part));
            }
        }
    }

    /** Failures find their way back among replies. */
    @Test
    @Verifies("Y-2")
    default void failuresReachTheirOwnRequesters() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-2")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(2));
            List<CompletableFuture<Message>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                exchange.respond("order.price", request -> {
                    Message reply = held.handle(request);
                    if (request.id().endsWith("1") || request.id().endsWith("4")) {
                        throw new IllegalStateException("cannot answer " + request.id());
                    }
                    return reply;
                });
                futures.add(exchange.requestAsync("order.price", Messages.message("r-" + i), exchange.patience()));
            }
            exchange.await("the requests being handled", () -> held.arrived() == 6);
            for (int i = 5; i >= 0; i--) {
                held.release("r-" + i);
            }
            for (int i = 0; i < 6; i++) {
                if (i == 1 || i == 4) {
                    exchange.failed(ResponderFailedException.class, "a request whose handler fails", futures.get(i));
                } else {
                    exchange.reply("a request among some that fail", futures.get(i));
                }
            }
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    @Property
    @Verifies("Y-2")
    default void anyFailuresReachTheirOwnRequesters(
            @ForAll(supplier = RequestReplyWorkloads.Failing.class) RequestReplyWorkload workload) {
        RequestReplyDriver.judge(this, "Y-2", workload);
    }
}
