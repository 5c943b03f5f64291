package org.brokertck.tck.pubsub;

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
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.LargeHeaders;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** What arrives is what was published, byte for byte, and nothing too large is taken in. */
public interface FidelityRules extends PubSubRules {
    @Test
    @Verifies("G-5")
    default void publishedPayloadsArriveByteForByte() {
        byte[] allValues = new byte[256];
        IntStream.range(0, 256).forEach(i -> allValues[i] = (byte) i);
        byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] largest = new byte[target().limits().maxPayloadBytes()];
        IntStream.range(0, largest.length).forEach(i -> largest[i] = (byte) (i * 31 + i / 251));
        byte[] text = "{\"data\": \"test\"}\r\n\t".getBytes(StandardCharsets.UTF_8);
        publishAndReceive("G-5", withPayloads(List.of(new byte[0], new byte[1], text, allValues, notUtf8, largest)));
    }

    @Property
    @Verifies("G-5")
    default void anyPublishedBytesArrive(@ForAll @Size(min = 1, max = 10) List<byte[]> payloads) {
        publishAndReceive("G-5", withPayloads(payloads));
    }

    private static List<Message> withPayloads(List<byte[]> payloads) {
        List<Message> messages = new ArrayList<>();
        payloads.forEach(it -> messages.add(
                Messages.builder("payload-" + messages.size()).payload(it).build()));
        return messages;
    }

    @Test
    @Verifies("G-6")
    default void aTooLargeMessageIsRefusedAndHeardByNobody() {
        publishWithTooLarge(List.of(true, false, true, false));
    }

    @Test
    @Verifies("G-6")
    default void headersAreTakenUpToTheirMaximumAndRefusedAbove() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-6")) {
            broker.subscribe("order.created");
            for (Map<String, String> headers : LargeHeaders.above(target().limits())) {
                Message message =
                        Messages.builder("too-large-headers").headers(headers).build();
                broker.refused(
                        MessageTooLargeException.class,
                        "publish with headers of %d bytes, where %d is the limit"
                                .formatted(
                                        LargeHeaders.bytes(headers),
                                        target().limits().maxHeaderBytes()),
                        () -> broker.recorded().publish("large", "order.created", message));
            }
            LargeHeaders.upTo(target().limits())
                    .forEach(it -> broker.publish(
                            "order.created",
                            Messages.builder(LargeHeaders.id(it)).headers(it).build()));
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(
                    new NothingInvented().and(new NothingMissing()).and(new TopicCountsExact()));
        }
    }

    @Property
    @Verifies("G-6")
    default void tooLargeMessagesAmongOthersAreHeardByNobody(@ForAll @Size(min = 1, max = 5) List<Boolean> tooLarge) {
        publishWithTooLarge(tooLarge);
    }

    private void publishWithTooLarge(List<Boolean> tooLarge) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-6")) {
            broker.subscribe("order.created");
            broker.subscribeWithPattern("#");
            for (int i = 0; i < tooLarge.size(); i++) {
                if (tooLarge.get(i)) {
                    // One byte over at first, then more.
                    requireTooLarge(broker, 1 + i * 1000);
                } else {
                    broker.publish("order.created", Messages.message("m-" + i));
                }
            }
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(
                    new NothingInvented().and(new NothingMissing()).and(new TopicCountsExact()));
        }
    }

    private void requireTooLarge(PubSubUnderTest broker, int excess) {
        int size = target().limits().maxPayloadBytes() + excess;
        Message message =
                Messages.builder("too-large-" + excess).payload(new byte[size]).build();
        broker.refused(
                MessageTooLargeException.class,
                "publish of %d bytes, %d over the limit".formatted(size, excess),
                () -> broker.recorded().publish("large", "order.created", message));
    }

    @Test
    @Verifies("G-7")
    default void publishedHeadersArriveEqual() {
        Map<String, String> hundred = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> hundred.put("header-" + i, "value " + i));
        publishHeaders(List.of(
                Map.of(),
                Map.of("empty", ""),
                Map.of("ключ-漢字-🔑", "значение 漢字 🎁 \u0000 \n \" ' \\ {}"),
                Map.of("number", "42", "true", "false", "null", "null"),
                Map.of("Case", "upper", "case", "lower"),
                Map.of("long", "v".repeat(8 * 1024)),
                hundred));
    }

    @Property
    @Verifies("G-7")
    default void anyPublishedHeadersArriveEqual(
            @ForAll(supplier = HeaderMaps.class) List<Map<String, String>> headers) {
        publishHeaders(headers);
    }

    private void publishHeaders(List<Map<String, String>> headers) {
        List<Message> messages = new ArrayList<>();
        headers.forEach(it -> messages.add(
                Messages.builder("headers-" + messages.size()).headers(it).build()));
        publishAndReceive("G-7", messages);
    }

    /** The copies of two subscribers, and what came before and after, are compared at the end, when all were tampered with. */
    @Test
    @Verifies("G-8")
    default void noSubscriberSeesWhatAnotherOrThePublisherChanges() {
        byte[] payload = {1, 2, 3};
        Map<String, String> headers = new HashMap<>(Map.of("key", "value"));
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-8")) {
            RecordedSubscription first = broker.subscribe("order.created");
            RecordedSubscription second = broker.subscribeWithPattern("order.*");
            broker.publish(
                    "order.created",
                    Messages.builder("changed")
                            .payload(payload)
                            .headers(headers)
                            .build());
            broker.publishAll("order.created", Messages.numbered(5));
            payload[0] = 99;
            headers.put("key", "changed");
            tamperWith(broker.next(first));
            broker.publishAll("order.created", List.of(Messages.message("later")));
            tamperWith(broker.next(second));
            broker.judgeDrained(new NothingInvented());
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

    /** The history keeps every received message to the end, so one whose bytes change later is seen. */
    @Property
    @Verifies("G-8")
    default void receivedMessagesNeverChange(@ForAll(supplier = PubSubWorkloads.Calm.class) PubSubWorkload workload) {
        PubSubDriver.judge(this, "G-8", workload, new NothingInvented());
    }

    @Test
    @Verifies("P-1")
    default void everyFieldArrivesAndTheTopicIsThePublishedOne() {
        publishAndReceive(
                "P-1",
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
                        Messages.builder("counted").retries(7).maxRetries(9).build(),
                        Messages.builder("most").maxRetries(Integer.MAX_VALUE).build()));
    }

    private void publishAndReceive(String rule, List<Message> messages) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, rule)) {
            broker.subscribe("order.created");
            broker.subscribeWithPattern("*.created");
            broker.publishAll("order.created", messages);
            broker.judgeDrained(new NothingInvented().and(new NothingMissing()));
        }
    }
}
