package org.brokertck.tck.requestreply;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.LargeHeaders;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Texts;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.junit.jupiter.api.Test;

/** What arrives is what was sent, both ways, and nothing too large is taken in. */
public interface FidelityRules extends RequestReplyRules {
    @Test
    @Verifies("G-5")
    default void payloadsOfRequestsAndRepliesArriveByteForByte() {
        byte[] allValues = new byte[256];
        IntStream.range(0, 256).forEach(i -> allValues[i] = (byte) i);
        byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] largest = new byte[target().limits().maxPayloadBytes()];
        IntStream.range(0, largest.length).forEach(i -> largest[i] = (byte) (i * 31 + i / 251));
        byte[] text = "{\"data\": \"test\"}\r\n\t".getBytes(StandardCharsets.UTF_8);
        thereAndBack("G-5", withPayloads(List.of(new byte[0], new byte[1], text, allValues, notUtf8, largest)));
    }

    @Property
    @Verifies("G-5")
    default void anyBytesOfRequestsAndRepliesArrive(@ForAll @Size(min = 1, max = 10) List<byte[]> payloads) {
        thereAndBack("G-5", withPayloads(payloads));
    }

    private static List<Message> withPayloads(List<byte[]> payloads) {
        List<Message> messages = new ArrayList<>();
        payloads.forEach(it -> messages.add(
                Messages.builder("payload-" + messages.size()).payload(it).build()));
        return messages;
    }

    @Test
    @Verifies("G-6")
    default void aTooLargeRequestIsRefusedAndSeenByNobody() {
        askWithTooLarge(List.of(true, false, true, false));
    }

    @Property
    @Verifies("G-6")
    default void tooLargeRequestsAmongOthersAreSeenByNobody(@ForAll @Size(min = 1, max = 5) List<Boolean> tooLarge) {
        askWithTooLarge(tooLarge);
    }

    private void askWithTooLarge(List<Boolean> tooLarge) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-6")) {
            exchange.respond("order.price", Replies.prompt());
            for (int i = 0; i < tooLarge.size(); i++) {
                if (tooLarge.get(i)) {
                    // One byte over at first, then more.
                    requireTooLarge(exchange, 1 + i * 1000, i % 2 == 0);
                } else {
                    exchange.request("order.price", Messages.message("m-" + i));
                }
            }
            exchange.request("order.price", Messages.message("last"));
            exchange.judge(exchange.faultless());
            exchange.require(
                    exchange.history().handlings().stream()
                            .noneMatch(it -> it.id().startsWith("too-large")),
                    "a request was refused as too large, and handled all the same");
            Counts.requireExact(exchange);
        }
    }

    private void requireTooLarge(RequestReplyUnderTest exchange, int excess, boolean waits) {
        int size = target().limits().maxPayloadBytes() + excess;
        requireTooLarge(
                exchange,
                "request of %d bytes, %d over the limit".formatted(size, excess),
                Messages.builder("too-large-" + excess).payload(new byte[size]).build(),
                waits);
        String value = "v".repeat(target().limits().maxHeaderBytes() - 1 + excess);
        requireTooLarge(
                exchange,
                "request whose headers are %d bytes over the limit".formatted(excess),
                Messages.builder("too-large-headers-" + excess)
                        .headers(Map.of("h", value))
                        .build(),
                waits);
    }

    @Test
    @Verifies("G-6")
    default void headersAreTakenUpToTheirMaximumAndRefusedAbove() {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-6")) {
            exchange.respond("order.price", Replies.prompt());
            for (Map<String, String> headers : LargeHeaders.above(target().limits())) {
                requireTooLarge(
                        exchange,
                        "request with headers of %d bytes, where %d is the limit"
                                .formatted(
                                        LargeHeaders.bytes(headers),
                                        target().limits().maxHeaderBytes()),
                        Messages.builder("too-large-headers").headers(headers).build(),
                        true);
            }
            for (Map<String, String> headers : LargeHeaders.upTo(target().limits())) {
                exchange.request(
                        "order.price",
                        Messages.builder(LargeHeaders.id(headers))
                                .headers(headers)
                                .build());
            }
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }

    private static void requireTooLarge(RequestReplyUnderTest exchange, String what, Message message, boolean waits) {
        exchange.refused(MessageTooLargeException.class, what, () -> {
            if (waits) {
                exchange.recorded().request("large", "order.price", message, exchange.patience());
            } else {
                exchange.recorded().requestAsync("large", "order.price", message, exchange.patience());
            }
        });
    }

    @Test
    @Verifies("G-7")
    default void headersOfRequestsAndRepliesArriveEqual() {
        Map<String, String> hundred = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> hundred.put("header-" + i, "value " + i));
        withHeaders(List.of(
                Map.of(),
                Map.of("empty", ""),
                Map.of("ключ-漢字-🔑", "значение 漢字 🎁 \u0000 \n \" ' \\ {}"),
                Map.of("number", "42", "true", "false", "null", "null"),
                Map.of("Case", "upper", "case", "lower"),
                // What an implementation may use for itself.
                Map.of("reply-to", "nobody", "correlation-id", "0", "error", "none", "type", "failure"),
                Map.of("long", "v".repeat(8 * 1024)),
                hundred));
    }

    @Test
    @Verifies("G-7")
    default void textInHeadersArrivesCharacterByCharacterBothWays() {
        withHeaders(Texts.AWKWARD.stream()
                .map(it -> Map.of(it, it, "key", it, it + ".", ""))
                .toList());
    }

    @Property
    @Verifies("G-7")
    default void anyHeadersOfRequestsAndRepliesArriveEqual(
            @ForAll(supplier = HeaderMaps.class) List<Map<String, String>> headers) {
        withHeaders(headers);
    }

    private void withHeaders(List<Map<String, String>> headers) {
        List<Message> messages = new ArrayList<>();
        headers.forEach(it -> messages.add(
                Messages.builder("headers-" + messages.size()).headers(it).build()));
        thereAndBack("G-7", messages);
    }

    @Test
    @Verifies("Y-1")
    default void everyFieldOfRequestsAndRepliesArrives() {
        thereAndBack(
                "Y-1",
                List.of(
                        Messages.builder("plain").build(),
                        Messages.builder("идентификатор 漢字 \" ' \\")
                                .topic("another topic")
                                .build(),
                        Messages.builder("x".repeat(300)).topic("").build(),
                        Messages.builder("early")
                                .timestamp(Instant.ofEpochMilli(1))
                                .build(),
                        Messages.builder("before-1970")
                                .timestamp(Instant.parse("1969-12-31T23:59:59.999Z"))
                                .build(),
                        Messages.builder("long-before-1970")
                                .timestamp(Instant.parse("0001-01-01T00:00:00.001Z"))
                                .build(),
                        Messages.builder("late")
                                .timestamp(Instant.parse("2261-12-31T23:59:59.999Z"))
                                .build(),
                        Messages.builder("counted").retries(7).maxRetries(9).build(),
                        Messages.builder("most").maxRetries(Integer.MAX_VALUE).build()));
    }

    /** A reply may say in its topic what it likes; a request says where it goes. */
    @Test
    @Verifies("Y-1")
    default void idsAndTopicsArriveCharacterByCharacterBothWays() {
        thereAndBack(
                "Y-1",
                Texts.AWKWARD.stream()
                        .map(it -> Messages.builder(it).topic(it).build())
                        .toList());
    }

    /** Each message is asked, and is the answer to the one asked before it. */
    private void thereAndBack(String rule, List<Message> messages) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, rule)) {
            exchange.respond("order.price", request -> {
                int index = IntStream.range(0, messages.size())
                        .filter(i -> messages.get(i).id().equals(request.id()))
                        .findFirst()
                        .orElse(0);
                return messages.get((index + 1) % messages.size());
            });
            messages.forEach(it -> exchange.request("order.price", it));
            exchange.judge(exchange.faultless());
        }
    }
}
