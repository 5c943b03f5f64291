package org.brokertck.tck.queue;

import java.nio.charset.StandardCharsets;
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
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.check.RetriesCounted;
import org.brokertck.tck.scenario.LargeHeaders;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Texts;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.HeaderMaps;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** What comes out is what went in, byte for byte, and nothing too large goes in. */
public interface FidelityRules extends QueueRules {
    @Test
    @Verifies("G-5")
    default void payloadsComeBackByteForByte() {
        byte[] allValues = new byte[256];
        IntStream.range(0, 256).forEach(i -> allValues[i] = (byte) i);
        byte[] notUtf8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] largest = new byte[target().limits().maxPayloadBytes()];
        IntStream.range(0, largest.length).forEach(i -> largest[i] = (byte) (i * 31 + i / 251));
        byte[] text = "{\"data\": \"test\"}\r\n\t".getBytes(StandardCharsets.UTF_8);
        roundTrip("G-5", payloads(List.of(new byte[0], new byte[1], text, allValues, notUtf8, largest)));
    }

    @Property
    @Verifies("G-5")
    default void anyBytesComeBack(@ForAll @Size(min = 1, max = 10) List<byte[]> payloads) {
        roundTrip("G-5", payloads(payloads));
    }

    @Test
    @Verifies("G-6")
    default void aTooLargePayloadIsRefusedAndLeavesNoTrace() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-6")) {
            requireTooLarge(queue, 1);
            queue.produceAll(Messages.numbered(3));
            requireTooLarge(queue, 1000);
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    @Test
    @Verifies("G-6")
    default void headersAreTakenUpToTheirMaximumAndRefusedAbove() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-6")) {
            for (Map<String, String> headers : LargeHeaders.above(target().limits())) {
                Message message =
                        Messages.builder("too-large-headers").headers(headers).build();
                queue.refused(
                        MessageTooLargeException.class,
                        "produce with headers of %d bytes, where %d is the limit"
                                .formatted(
                                        LargeHeaders.bytes(headers),
                                        target().limits().maxHeaderBytes()),
                        () -> queue.recorded().produce("main", message));
            }
            LargeHeaders.upTo(target().limits())
                    .forEach(it -> queue.produce(
                            Messages.builder(LargeHeaders.id(it)).headers(it).build()));
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    @Property(tries = 5)
    @Verifies("G-6")
    default void tooLargePayloadsAmongOthersAreRefused(@ForAll @Size(min = 1, max = 5) List<Boolean> tooLarge) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-6")) {
            for (int i = 0; i < tooLarge.size(); i++) {
                if (tooLarge.get(i)) {
                    requireTooLarge(queue, i + 1);
                } else {
                    queue.produce(Messages.message("m-" + i));
                }
            }
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
        }
    }

    @Test
    @Verifies("G-7")
    default void headersComeBackEqual() {
        Map<String, String> hundred = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> hundred.put("header-" + i, "value " + i));
        List<Map<String, String>> headers = List.of(
                Map.of(),
                Map.of("empty", ""),
                Map.of("ключ-漢字-🔑", "значение 漢字 🎁 \u0000 \n \" ' \\ {}"),
                Map.of("number", "42", "true", "false", "null", "null"),
                Map.of("Case", "upper", "case", "lower"),
                Map.of("long", "v".repeat(8 * 1024)),
                hundred);
        List<Message> messages = new ArrayList<>();
        headers.forEach(it -> messages.add(
                Messages.builder("headers-" + messages.size()).headers(it).build()));
        roundTrip("G-7", messages);
    }

    @Property
    @Verifies("G-7")
    default void anyHeadersComeBackEqual(@ForAll(supplier = HeaderMaps.class) List<Map<String, String>> headers) {
        List<Message> messages = new ArrayList<>();
        headers.forEach(it -> messages.add(
                Messages.builder("headers-" + messages.size()).headers(it).build()));
        roundTrip("G-7", messages);
    }

    @Test
    @Verifies("G-8")
    default void nobodySeesWhatSomebodyChangesAfterwards() {
        byte[] payload = {1, 2, 3};
        Map<String, String> headers = new HashMap<>(Map.of("key", "value"));
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-8")) {
            Message message = Messages.builder("changed")
                    .payload(payload)
                    .headers(headers)
                    .maxRetries(2)
                    .build();
            queue.produce(message);
            queue.produceAll(Messages.numbered(5));
            payload[0] = 99;
            headers.put("key", "changed");
            queue.consume(delivered -> {
                delivered.payload()[0] = 77;
                if (delivered.id().equals("changed")) {
                    throw new IllegalStateException("so that it comes again");
                }
            });
            queue.judgeSettled(new NoInvention());
            requireIsolatedListing(queue);
        }
    }

    private static void requireIsolatedListing(QueueUnderTest queue) {
        var first = queue.deadLetters();
        try {
            first.clear();
        } catch (UnsupportedOperationException unmodifiable) {
            // As good as a private copy.
        }
        queue.require(
                queue.deadLetters().size() == 1 && queue.metrics().deadLetters() == 1,
                "clearing the list that deadLetters().list returned removed the dead letters from the queue");
    }

    /** The history keeps every delivered message to the end, so one whose bytes change later is seen. */
    @Property
    @Verifies("G-8")
    default void deliveredMessagesNeverChange(@ForAll(supplier = Workloads.Failing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "G-8", workload, new NoInvention());
    }

    @Test
    @Verifies("Q-2")
    default void everyFieldComesBack() {
        List<Message> messages = List.of(
                Messages.builder("plain").build(),
                Messages.builder("идентификатор 漢字 \" ' \\").topic("тема.漢字").build(),
                Messages.builder("x".repeat(300)).topic("").build(),
                Messages.builder("early")
                        .timestamp(java.time.Instant.ofEpochMilli(1))
                        .build(),
                Messages.builder("before 1970")
                        .timestamp(java.time.Instant.ofEpochMilli(-1))
                        .build(),
                Messages.builder("late")
                        .timestamp(java.time.Instant.parse("2261-12-31T23:59:59.999Z"))
                        .build(),
                Messages.builder("retried").maxRetries(Integer.MAX_VALUE).build(),
                Messages.builder("counted").retries(7).maxRetries(9).build());
        roundTrip("Q-2", messages);
    }

    @Test
    @Verifies("Q-2")
    default void textComesBackCharacterByCharacter() {
        roundTrip(
                "Q-2",
                Texts.AWKWARD.stream()
                        .map(it -> Messages.builder("id " + it)
                                .topic(it)
                                .headers(Map.of(it, it, "key", it))
                                .build())
                        .toList());
    }

    @Property
    @Verifies("Q-2")
    default void nothingIsInvented(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-2", workload, new NoInvention());
    }

    private void roundTrip(String rule, List<Message> messages) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, rule)) {
            queue.produceAll(messages);
            queue.consume(message -> {});
            queue.judgeSettled(new NoInvention().and(new RetriesCounted()));
        }
    }

    private void requireTooLarge(QueueUnderTest queue, int excess) {
        int size = target().limits().maxPayloadBytes() + excess;
        Message message =
                Messages.builder("too-large-" + excess).payload(new byte[size]).build();
        queue.refused(
                MessageTooLargeException.class,
                "produce of %d bytes, %d over the limit".formatted(size, excess),
                () -> queue.recorded().produce("main", message));
    }

    private static List<Message> payloads(List<byte[]> payloads) {
        List<Message> messages = new ArrayList<>();
        payloads.forEach(it -> messages.add(
                Messages.builder("payload-" + messages.size()).payload(it).build()));
        return messages;
    }
}
