package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends RequestReplyRules {
    /** The calls with an invalid argument, each with the name by which the refusal must call it. */
    enum InvalidCall {
        /** A null topic. */
        REQUEST_TO_NULL("topic"),
        /** An empty topic. */
        REQUEST_TO_EMPTY("topic"),
        /** A pattern in place of a topic. */
        REQUEST_TO_PATTERN("topic"),
        /** A null request. */
        REQUEST_NULL("request"),
        /** A null timeout. */
        REQUEST_WITHOUT_TIMEOUT("timeout"),
        /** A timeout of 0. */
        REQUEST_WITH_NO_TIME("timeout"),
        /** A negative timeout. */
        REQUEST_WITH_NEGATIVE_TIME("timeout"),
        /** A timeout of more than a year. */
        REQUEST_WITH_ENDLESS_TIME("timeout"),
        /** A null topic. */
        ASYNC_TO_NULL("topic"),
        /** A topic with an empty word. */
        ASYNC_TO_EMPTY_WORD("topic"),
        /** A null request. */
        ASYNC_NULL("request"),
        /** A null timeout. */
        ASYNC_WITHOUT_TIMEOUT("timeout"),
        /** A timeout of 0. */
        ASYNC_WITH_NO_TIME("timeout"),
        /** A timeout of more than a year. */
        ASYNC_WITH_ENDLESS_TIME("timeout"),
        /** A null topic. */
        RESPOND_TO_NULL("topic"),
        /** A pattern in place of a topic. */
        RESPOND_TO_PATTERN("topic"),
        /** A null handler. */
        RESPOND_WITH_NULL("handler");

        private final String name;

        InvalidCall(String name) {
            this.name = name;
        }

        @SuppressWarnings({"NullAway", "resource", "FutureReturnValueIgnored"
        }) // null where it is not allowed is the point
        private void make(RequestReply exchange) {
            Message message = Messages.message("refused");
            Duration second = Duration.ofSeconds(1);
            Duration endless = Duration.ofDays(366);
            switch (this) {
                case REQUEST_TO_NULL -> exchange.request(null, message, second);
                case REQUEST_TO_EMPTY -> exchange.request("", message, second);
                case REQUEST_TO_PATTERN -> exchange.request("order.*", message, second);
                case REQUEST_NULL -> exchange.request("order.price", null, second);
                case REQUEST_WITHOUT_TIMEOUT -> exchange.request("order.price", message, null);
                case REQUEST_WITH_NO_TIME -> exchange.request("order.price", message, Duration.ZERO);
                case REQUEST_WITH_NEGATIVE_TIME -> exchange.request("order.price", message, second.negated());
                case REQUEST_WITH_ENDLESS_TIME -> exchange.request("order.price", message, endless);
                case ASYNC_TO_NULL -> exchange.requestAsync(null, message, second);
                case ASYNC_TO_EMPTY_WORD -> exchange.requestAsync("order..price", message, second);
                case ASYNC_NULL -> exchange.requestAsync("order.price", null, second);
                case ASYNC_WITHOUT_TIMEOUT -> exchange.requestAsync("order.price", message, null);
                case ASYNC_WITH_NO_TIME -> exchange.requestAsync("order.price", message, Duration.ZERO);
                case ASYNC_WITH_ENDLESS_TIME -> exchange.requestAsync("order.price", message, endless);
                case RESPOND_TO_NULL -> exchange.respond(null, Replies.prompt());
                case RESPOND_TO_PATTERN -> exchange.respond("#", Replies.prompt());
                case RESPOND_WITH_NULL -> exchange.respond("order.price", null);
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsOfRequestsAreRefusedByName() {
        refuseAll(List.of(InvalidCall.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsOfRequestsChangeNothing(@ForAll @Size(min = 1, max = 12) List<InvalidCall> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidCall> calls) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-1")) {
            exchange.respond("order.price", Replies.prompt());
            calls.forEach(it -> requireRefused(exchange, it));
            Messages.numbered(2).forEach(it -> exchange.request("order.price", it));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
            int responders = exchange.metrics().responders();
            exchange.require(
                    responders == 1,
                    "one responder was made, others were refused, and the metrics say responders = " + responders);
        }
    }

    private static void requireRefused(RequestReplyUnderTest exchange, InvalidCall call) {
        RuntimeException refusal =
                exchange.refused(RuntimeException.class, call.name(), () -> call.make(exchange.unrecorded()));
        exchange.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        String text = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        exchange.require(
                text.contains(call.name),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.name, refusal));
    }
}
