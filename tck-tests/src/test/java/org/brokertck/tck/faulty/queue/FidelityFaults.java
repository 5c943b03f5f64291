package org.brokertck.tck.faulty.queue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Characters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults of encodings and of what is shared between producer, queue and handler. */
final class FidelityFaults {
    private FidelityFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "HeadersHaveNoLimit",
                        "G-6",
                        "produce with headers of 65537 bytes",
                        "Checks the size of payloads only.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return 0;
                            }
                        }),
                QueueFault.plain(
                        "HeadersCountedInCharacters",
                        "G-6",
                        "produce with headers of 65537 bytes",
                        "Counts the characters of headers, not their bytes.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return Characters.of(message.headers());
                            }
                        }),
                QueueFault.plain(
                        "SurrogatesCountAsLetters",
                        "G-6",
                        "produce headers-of-.*threw .*MessageTooLargeException",
                        "Counts three bytes for each half of a letter that takes two characters.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return message.headers().entrySet().stream()
                                        .flatMapToInt(header -> (header.getKey() + header.getValue()).chars())
                                        .mapToLong(letter -> letter < 0x80 ? 1 : letter < 0x800 ? 2 : 3)
                                        .sum();
                            }
                        }),
                QueueFault.plain(
                        "StripsTopics", "Q-2", "topic", "Strips white space from topics.", it -> new PlainQueue(it) {
                            @Override
                            protected Message stored(Message message) {
                                return super.stored(message).toBuilder()
                                        .topic(message.topic().strip())
                                        .build();
                            }
                        }),
                QueueFault.plain(
                        "TimeBeginsIn1970",
                        "Q-2",
                        "timestamp",
                        "Keeps times without a sign.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Message stored(Message message) {
                                Message whole = super.stored(message);
                                return message.timestamp().toEpochMilli() < 0
                                        ? whole.toBuilder()
                                                .timestamp(java.time.Instant.EPOCH)
                                                .build()
                                        : whole;
                            }
                        }),
                stored(
                        "PayloadThroughUtf8String",
                        "G-5",
                        "delivered changed: payload of",
                        "Stores the payload as text.",
                        it -> payload(
                                it, new String(it.payload(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))),
                stored(
                        "PayloadEndsAtZero",
                        "G-5",
                        "delivered changed: payload of",
                        "Takes a zero byte at the end of a payload for its terminator.",
                        it -> payload(it, withoutLastZero(it.payload()))),
                stored(
                        "PayloadLineEndings",
                        "G-5",
                        "delivered changed: payload of",
                        "Writes payloads in text mode, which loses carriage returns.",
                        it -> payload(
                                it,
                                new String(it.payload(), StandardCharsets.ISO_8859_1)
                                        .replace("\r\n", "\n")
                                        .getBytes(StandardCharsets.ISO_8859_1))),
                stored(
                        "HeadersThroughPropertiesEncoding",
                        "G-7",
                        "delivered changed: headers was",
                        "Stores the headers as lines of key=value, as a properties file does without its escapes.",
                        it -> it.toBuilder().headers(throughLines(it.headers())).build()),
                stored(
                        "HeadersIgnoreCase",
                        "G-7",
                        "delivered changed: headers was",
                        "Lower-cases the keys of headers, as HTTP/2 does.",
                        it -> headers(it, (from, to) -> from.forEach((k, v) -> to.put(k.toLowerCase(Locale.ROOT), v)))),
                stored(
                        "EmptyHeadersAreDropped",
                        "G-7",
                        "delivered changed: headers was",
                        "Drops headers whose value is empty.",
                        it -> headers(
                                it,
                                (from, to) -> from.forEach((k, v) -> {
                                    if (!v.isEmpty()) {
                                        to.put(k, v);
                                    }
                                }))),
                stored(
                        "SixtyFourHeaders",
                        "G-7",
                        "delivered changed: headers was",
                        "Has room for 64 headers and forgets the others.",
                        it -> headers(
                                it,
                                (from, to) -> from.entrySet().stream()
                                        .limit(64)
                                        .forEach(e -> to.put(e.getKey(), e.getValue())))),
                stored(
                        "TimestampInSeconds",
                        "Q-2",
                        "delivered changed: timestamp was",
                        "Stores the timestamp in seconds.",
                        it -> it.toBuilder()
                                .timestamp(it.timestamp().truncatedTo(ChronoUnit.SECONDS))
                                .build()),
                stored(
                        "TimestampOfArrival",
                        "Q-2",
                        "delivered changed: timestamp was",
                        "Replaces the sender's timestamp by the time of arrival.",
                        it -> it.toBuilder().timestamp(Instant.now()).build()),
                stored(
                        "TopicIsLowerCased",
                        "Q-2",
                        "delivered changed: topic was",
                        "Lower-cases and trims topics; an empty one becomes 'default'.",
                        it -> it.toBuilder()
                                .topic(
                                        it.topic().isEmpty()
                                                ? "default"
                                                : it.topic()
                                                        .toLowerCase(Locale.ROOT)
                                                        .strip())
                                .build()),
                stored(
                        "MaxRetriesInAByte",
                        "Q-2",
                        "delivered changed: maxRetries was",
                        "Stores maxRetries in a byte.",
                        it -> it.toBuilder().maxRetries(it.maxRetries() & 0xFF).build()),
                stored(
                        "IdsAreCut",
                        "Q-2",
                        "that nobody produced",
                        "Cuts ids to the 255 characters of its column.",
                        it -> it.toBuilder()
                                .id(it.id().substring(0, Math.min(255, it.id().length())))
                                .build()),
                QueueFault.plain(
                        "ReusesItsReadBuffer",
                        "G-8",
                        "delivered changed: payload of",
                        "Reads payloads of one size into one buffer, so that a delivered message changes with the next.",
                        ReusesItsReadBuffer::new));
    }

    private static Fault stored(
            String name, String rule, String finding, String description, UnaryOperator<Message> change) {
        return QueueFault.plain(name, rule, finding, description, it -> new PlainQueue(it) {
            @Override
            protected Message stored(Message message) {
                return change.apply(super.stored(message));
            }
        });
    }

    private static Message payload(Message message, byte[] payload) {
        return message.toBuilder().payload(payload).build();
    }

    private static byte[] withoutLastZero(byte[] bytes) {
        int last = bytes.length - 1;
        return last >= 0 && bytes[last] == 0 ? Arrays.copyOf(bytes, last) : bytes;
    }

    private static Message headers(
            Message message, java.util.function.BiConsumer<Map<String, String>, Map<String, String>> change) {
        Map<String, String> changed = new LinkedHashMap<>();
        change.accept(message.headers(), changed);
        return message.toBuilder().headers(changed).build();
    }

    private static Map<String, String> throughLines(Map<String, String> headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Map<String, String> read = new LinkedHashMap<>();
        text.toString().lines().filter(it -> it.contains("=")).forEach(it -> {
            int at = it.indexOf('=');
            read.put(it.substring(0, at), it.substring(at + 1));
        });
        return read;
    }

    /** One buffer for each size. */
    private static final class ReusesItsReadBuffer extends PlainQueue {
        private final Map<Integer, byte[]> buffers = new ConcurrentHashMap<>();

        ReusesItsReadBuffer(Opening opening) {
            super(opening);
        }

        @Override
        protected Message delivered(Message message) {
            byte[] buffer = buffers.computeIfAbsent(message.payloadSize(), byte[]::new);
            message.payloadBuffer().get(buffer);
            return message.toBuilder().ownedPayload(buffer).build();
        }
    }
}
