package org.brokertck.tck.faulty.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Characters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;

/** Faults in what messages carry: payloads, headers, limits, and what others may see of them. */
final class FidelityFaults {
    private FidelityFaults() {}

    static List<Fault> all() {
        return List.of(
                stored(
                        "PayloadThroughUtf8String",
                        "G-5",
                        "was received changed: payload",
                        "Passes payloads through a string.",
                        it -> it.toBuilder()
                                .payload(new String(it.payload(), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8))
                                .build()),
                stored(
                        "PayloadEndsAtZero",
                        "G-5",
                        "was received changed: payload",
                        "Takes a zero byte for the end.",
                        FidelityFaults::upToZero),
                PubSubFault.plain(
                        "LimitOffByOne",
                        "G-6",
                        "1 over the limit was accepted",
                        "Takes one byte more than the limit that it states.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkSize(Message message) {
                                if (message.payloadSize() != it.limits().maxPayloadBytes() + 1) {
                                    super.checkSize(message);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "HeadersCountedInCharacters",
                        "G-6",
                        "publish with headers of 65537 bytes",
                        "Counts the characters of headers, not their bytes.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return Characters.of(message.headers());
                            }
                        }),
                PubSubFault.plain(
                        "TooLargeIsCounted",
                        "G-6",
                        "at rest the metrics",
                        "Counts a message before it measures it.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkSize(Message message) {
                                try {
                                    super.checkSize(message);
                                } catch (RuntimeException refused) {
                                    locked(() -> {
                                        published("order.created");
                                        return true;
                                    });
                                    throw refused;
                                }
                            }
                        }),
                stored(
                        "HeadersIgnoreCase",
                        "G-7",
                        "was received changed: headers",
                        "Keeps headers as HTTP does, without regard to case.",
                        it -> {
                            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                            headers.putAll(it.headers());
                            return it.toBuilder().headers(headers).build();
                        }),
                stored(
                        "EmptyHeadersAreLeftOut",
                        "G-7",
                        "was received changed: headers",
                        "Leaves out headers without a value.",
                        it -> {
                            Map<String, String> headers = new HashMap<>(it.headers());
                            headers.values().removeIf(String::isEmpty);
                            return it.toBuilder().headers(headers).build();
                        }),
                PubSubFault.plain(
                        "ReusesItsReadBuffer",
                        "G-8",
                        "was received changed: payload",
                        "Hands out messages over a buffer that the next one of the same size overwrites.",
                        it -> new PlainPubSub(it) {
                            private final Map<Integer, byte[]> buffers = new HashMap<>();

                            @Override
                            protected Message handedOut(Message message) {
                                byte[] buffer = buffers.computeIfAbsent(message.payloadSize(), byte[]::new);
                                message.payloadBuffer().get(buffer);
                                return message.toBuilder().ownedPayload(buffer).build();
                            }
                        }));
    }

    private static Fault stored(
            String name, String rule, String finding, String description, UnaryOperator<Message> change) {
        return PubSubFault.plain(name, rule, finding, description, it -> new PlainPubSub(it) {
            @Override
            protected Message stored(String topic, Message message) {
                return change.apply(super.stored(topic, message));
            }
        });
    }

    private static Message upToZero(Message message) {
        byte[] payload = message.payload();
        int end = 0;
        while (end < payload.length && payload[end] != 0) {
            end++;
        }
        return message.toBuilder()
                .payload(java.util.Arrays.copyOf(payload, end))
                .build();
    }
}
