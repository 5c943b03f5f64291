package org.brokertck.tck.broker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.LargeHeaders;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Texts;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.brokertck.tck.workload.broker.BrokerWorkload;
import org.brokertck.tck.workload.broker.BrokerWorkloads;
import org.junit.jupiter.api.Test;

/** What arrives is what was produced, byte for byte, and nothing too large is taken in. */
public interface FidelityRules extends BrokerRules {
    @Test
    @Verifies("G-5")
    default void producedPayloadsArriveByteForByte() {
        byte[] allValues = new byte[256];
        IntStream.range(0, 256).forEach(i -> allValues[i] = (byte) i);
        byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] largest = new byte[target().limits().maxPayloadBytes()];
        IntStream.range(0, largest.length).forEach(i -> largest[i] = (byte) (i * 31 + i / 251));
        byte[] text = "{\"data\": \"test\"}\r\n\t".getBytes(StandardCharsets.UTF_8);
        produceAndHear("G-5", payloads(List.of(new byte[0], new byte[1], text, allValues, notUtf8, largest)));
    }

    @Property
    @Verifies("G-5")
    default void anyProducedBytesArrive(@ForAll @Size(min = 1, max = 10) List<byte[]> payloads) {
        produceAndHear("G-5", payloads(payloads));
    }

    private static List<Message> payloads(List<byte[]> payloads) {
        List<Message> messages = new ArrayList<>();
        payloads.forEach(it -> messages.add(
                Messages.builder("payload-" + messages.size()).payload(it).build()));
        return messages;
    }

    @Test
    @Verifies("G-6")
    default void aTooLargeMessageIsRefusedAndReachesNobody() {
        produceWithTooLarge(List.of(true, false, true, false));
    }

    @Property
    @Verifies("G-6")
    default void tooLargeMessagesAmongOthersReachNobody(@ForAll @Size(min = 1, max = 5) List<Boolean> tooLarge) {
        produceWithTooLarge(tooLarge);
    }

    private void produceWithTooLarge(List<Boolean> tooLarge) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-6")) {
            broker.subscribe("order.created");
            for (int i = 0; i < tooLarge.size(); i++) {
                if (tooLarge.get(i)) {
                    // One byte over at first, then more.
                    requireTooLarge(broker, 1 + i * 1000);
                } else {
                    broker.produce("order.created", Messages.message("m-" + i));
                }
            }
            broker.produce("order.created", Messages.message("last"));
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    private void requireTooLarge(BrokerUnderTest broker, int excess) {
        int size = target().limits().maxPayloadBytes() + excess;
        requireTooLarge(
                broker,
                "produce of %d bytes, %d over the limit".formatted(size, excess),
                Messages.builder("too-large-" + excess).payload(new byte[size]).build());
        String value = "v".repeat(target().limits().maxHeaderBytes() - 1 + excess);
        requireTooLarge(
                broker,
                "produce with headers that are %d bytes over the limit".formatted(excess),
                Messages.builder("too-large-headers-" + excess)
                        .headers(Map.of("h", value))
                        .build());
    }

    @Test
    @Verifies("G-6")
    default void headersAreTakenUpToTheirMaximumAndRefusedAbove() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-6")) {
            broker.subscribe("order.created");
            for (Map<String, String> headers : LargeHeaders.above(target().limits())) {
                requireTooLarge(
                        broker,
                        "produce with headers of %d bytes, where %d is the limit"
                                .formatted(
                                        LargeHeaders.bytes(headers),
                                        target().limits().maxHeaderBytes()),
                        Messages.builder("too-large-headers").headers(headers).build());
            }
            for (Map<String, String> headers : LargeHeaders.upTo(target().limits())) {
                broker.produce(
                        "order.created",
                        Messages.builder(LargeHeaders.id(headers))
                                .headers(headers)
                                .build());
            }
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }

    private static void requireTooLarge(BrokerUnderTest broker, String what, Message message) {
        broker.refused(
                MessageTooLargeException.class,
                what,
                () -> broker.recorded().produce("large", "order.created", message));
    }

    @Test
    @Verifies("G-7")
    default void producedHeadersArriveEqual() {
        Map<String, String> hundred = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> hundred.put("header-" + i, "value " + i));
        produceHeaders(List.of(
                Map.of(),
                Map.of("empty", ""),
                Map.of("ключ-漢字-🔑", "значение 漢字 🎁 \u0000 \n \" ' \\ {}"),
                Map.of("number", "42", "true", "false", "null", "null"),
                Map.of("Case", "upper", "case", "lower"),
                Map.of("long", "v".repeat(8 * 1024)),
                hundred));
    }

    @Test
    @Verifies("G-7")
    default void textInHeadersArrivesCharacterByCharacter() {
        produceHeaders(Texts.AWKWARD.stream()
                .map(it -> Map.of(it, it, "key", it, it + ".", ""))
                .toList());
    }

    @Property
    @Verifies("G-7")
    default void anyProducedHeadersArriveEqual(@ForAll(supplier = HeaderMaps.class) List<Map<String, String>> headers) {
        produceHeaders(headers);
    }

    private void produceHeaders(List<Map<String, String>> headers) {
        List<Message> messages = new ArrayList<>();
        headers.forEach(it -> messages.add(
                Messages.builder("headers-" + messages.size()).headers(it).build()));
        produceAndHear("G-7", messages);
    }

    /** The history keeps what both subscribers were given, and is judged when all were tampered with. */
    @Test
    @Verifies("G-8")
    default void noSubscriberSeesWhatAnotherOrTheProducerChanges() {
        byte[] payload = {1, 2, 3};
        Map<String, String> headers = new HashMap<>(Map.of("key", "value"));
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-8")) {
            List<RecordedTopics.Heard> heard = List.of(
                    broker.subscribe("order.created", FidelityRules::tamperWith),
                    broker.subscribe("order.created", FidelityRules::tamperWith));
            broker.produce(
                    "order.created",
                    Messages.builder("changed")
                            .payload(payload)
                            .headers(headers)
                            .build());
            payload[0] = 99;
            headers.put("key", "changed");
            broker.produceAll("order.created", Messages.numbered(5));
            heard.forEach(it -> broker.awaitHandled(it, 6));
            broker.judgeSettled(new NothingInvented());
        }
    }

    private static void tamperWith(Message message) {
        message.payload()[0] = 77;
        try {
            message.headers().put("key", "tampered");
        } catch (UnsupportedOperationException unmodifiable) {
            // As it should be.
        }
    }

    @Property
    @Verifies("G-8")
    default void whatWasHandedOutNeverChanges(@ForAll(supplier = BrokerWorkloads.Calm.class) BrokerWorkload workload) {
        BrokerDriver.judge(this, "G-8", workload, new NothingInvented());
    }

    @Test
    @Verifies("B-1")
    default void everyFieldArrivesAndTheTopicIsTheProducedOne() {
        produceAndHear(
                "B-1",
                List.of(
                        Messages.builder("plain").build(),
                        Messages.builder("идентификатор 漢字 \" ' \\")
                                .topic("another topic")
                                .build(),
                        Messages.builder("x".repeat(300)).topic("").build(),
                        Messages.builder("early")
                                .timestamp(Instant.ofEpochMilli(1))
                                .build(),
                        Messages.builder("late")
                                .timestamp(Instant.parse("2261-12-31T23:59:59.999Z"))
                                .build(),
                        Messages.builder("before-1970")
                                .timestamp(Instant.parse("1969-12-31T23:59:59.999Z"))
                                .build(),
                        Messages.builder("long-before-1970")
                                .timestamp(Instant.parse("0001-01-01T00:00:00.001Z"))
                                .build(),
                        Messages.builder("counted").retries(7).maxRetries(9).build(),
                        // Its topic stands there already, its count does not.
                        Messages.builder("counted there")
                                .topic("order.created")
                                .retries(7)
                                .maxRetries(9)
                                .build(),
                        Messages.builder("most").maxRetries(Integer.MAX_VALUE).build()));
    }

    /** An id is text as well. */
    @Test
    @Verifies("B-1")
    default void idsArriveCharacterByCharacter() {
        produceAndHear(
                "B-1",
                Texts.AWKWARD.stream()
                        .map(it -> Messages.builder(it).topic(it).build())
                        .toList());
    }

    private void produceAndHear(String rule, List<Message> messages) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, rule)) {
            broker.subscribe("order.created");
            broker.subscribe("order.created");
            broker.produceAll("order.created", messages);
            broker.judgeSettled(new NothingInvented().and(new NothingLost()));
        }
    }
}
