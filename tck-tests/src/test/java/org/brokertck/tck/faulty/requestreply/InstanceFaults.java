package org.brokertck.tck.faulty.requestreply;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.faulty.Characters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.requestreply.plain.Line;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;

/** Faults against what holds for every interface. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                RequestReplyFault.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainRequestReply(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public Message request(String topic, Message request, Duration timeout) {
                                return refusals.get(() -> super.request(topic, request, timeout));
                            }
                        }),
                RequestReplyFault.plain(
                        "OneResponderForEachHandler",
                        "Y-1",
                        "one handler responds twice|second responder of a handler",
                        "Keeps responders by their handlers, and gives back the one that is there.",
                        it -> new PlainRequestReply(it) {
                            private final Map<RequestHandler, Responder> known = new ConcurrentHashMap<>();

                            @Override
                            public Responder respond(String topic, RequestHandler handler) {
                                return known.computeIfAbsent(handler, fresh -> super.respond(topic, fresh));
                            }
                        }),
                RequestReplyFault.plain(
                        "TakesATimeoutOfZero",
                        "G-1",
                        "where RuntimeException is due|where NullPointerException or IllegalArgumentException",
                        "Takes a timeout of 0 for no wait, and the request for taken.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void check(String topic, Message request, Duration timeout) {
                                boolean none = timeout != null && timeout.isZero();
                                super.check(topic, request, none ? SHORTEST_TIMEOUT : timeout);
                            }
                        }),
                RequestReplyFault.plain(
                        "NamesNoArgument",
                        "G-1",
                        "does not name the argument 'timeout'",
                        "Refuses a timeout that is out of its bounds without saying what is.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void check(String topic, Message request, Duration timeout) {
                                TopicPattern.requireTopic(topic);
                                Objects.requireNonNull(request, "request");
                                if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.toDays() > 365) {
                                    throw new IllegalArgumentException("out of bounds");
                                }
                                checkSize(request);
                            }
                        }),
                RequestReplyFault.plain(
                        "CountsRefusedRequests",
                        "G-1",
                        "the metrics say requested",
                        "Counts a request before it looks at it.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void check(String topic, Message request, Duration timeout) {
                                locked(() -> {
                                    count("requested");
                                    return true;
                                });
                                super.check(topic, request, timeout);
                                locked(() -> counts.merge("requested", -1L, Long::sum));
                            }
                        }),
                RequestReplyFault.plain(
                        "HeadersCountedInCharacters",
                        "G-6",
                        "request with headers of 65537 bytes",
                        "Counts the characters of headers, not their bytes.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return Characters.of(message.headers());
                            }
                        }),
                RequestReplyFault.plain(
                        "CountsRespondersDown",
                        "Y-1",
                        "threw .*NoResponder|one of two responders was closed, twice",
                        "Counts the responders of a topic, and counts one that is closed twice down twice.",
                        CountsRespondersDown::new),
                RequestReplyFault.plain(
                        "CountsWithoutALock",
                        "G-4",
                        "add up to|the metrics say|and the metrics stayed",
                        "Takes a request out of the pending ones and counts it in two steps.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable end(PlainRequest sent, String how, Runnable completion) {
                                if (!isPending(sent)) {
                                    return () -> {};
                                }
                                long before = counts.getOrDefault(how, 0L);
                                Runnable told = super.end(sent, how, completion);
                                counts.put(how, before);
                                return () -> {
                                    told.run();
                                    Thread.yield();
                                    locked(() -> counts.put(how, before + 1));
                                };
                            }
                        }),
                RequestReplyFault.plain(
                        "RepliesAsText",
                        "G-5",
                        "came changed: payload",
                        "Carries the payload of a reply as text.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asReturned(Message reply) {
                                byte[] text = new String(reply.payload(), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8);
                                return reply.toBuilder().payload(text).build();
                            }
                        }),
                RequestReplyFault.plain(
                        "RequestsEndAtAZero",
                        "G-5",
                        "reached its responder changed: payload",
                        "Ends the payload of a request at the first zero byte.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asSeen(String topic, Message request) {
                                byte[] payload = request.payload();
                                int length = 0;
                                while (length < payload.length && payload[length] != 0) {
                                    length++;
                                }
                                return super.asSeen(topic, request).toBuilder()
                                        .payload(Arrays.copyOf(payload, length))
                                        .build();
                            }
                        }),
                RequestReplyFault.plain(
                        "TakesOneByteTooMany",
                        "G-6",
                        "1 over the limit (was accepted|threw .*ResponderFailed)",
                        "Compares the size by > where >= is meant, one byte off.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void checkSize(Message message) {
                                int size = Math.max(0, message.payloadSize() - 1);
                                super.checkSize(message.toBuilder()
                                        .payload(new byte[size])
                                        .build());
                            }
                        }),
                RequestReplyFault.plain(
                        "UsesAHeaderForItself",
                        "G-7",
                        "reached its responder changed: headers",
                        "Keeps the correlation id in a header that users may set too.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asSeen(String topic, Message request) {
                                Map<String, String> headers = new HashMap<>(request.headers());
                                headers.remove("correlation-id");
                                return super.asSeen(topic, request).toBuilder()
                                        .headers(headers)
                                        .build();
                            }
                        }),
                RequestReplyFault.plain(
                        "DropsEmptyHeadersOfReplies",
                        "G-7",
                        "came changed: headers",
                        "Takes a header with an empty value for none.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asReturned(Message reply) {
                                Map<String, String> headers = new HashMap<>(reply.headers());
                                headers.values().removeIf(String::isEmpty);
                                return reply.toBuilder().headers(headers).build();
                            }
                        }),
                RequestReplyFault.plain(
                        "TrimsHeadersOfRequests",
                        "G-7",
                        "reached its responder changed: headers",
                        "Reads the headers of a request without the blanks at their ends.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asSeen(String topic, Message request) {
                                Map<String, String> headers = new HashMap<>();
                                request.headers().forEach((key, value) -> headers.put(key, value.strip()));
                                return super.asSeen(topic, request).toBuilder()
                                        .headers(headers)
                                        .build();
                            }
                        }),
                RequestReplyFault.plain(
                        "ReusesItsReplyBuffer",
                        "G-8",
                        "came changed: payload|no responder gave to it",
                        "Reads every reply into one buffer.",
                        SharedBuffer::new),
                namesWithoutCase());
    }

    private static Fault namesWithoutCase() {
        return RequestReplyFault.plain(
                "NamesWithoutCase",
                "G-11",
                "of another instance answered|where NoResponderException is due",
                "Instances whose names differ in case only share their responders.",
                new Function<>() {
                    private final Map<String, Line> lines = new ConcurrentHashMap<>();

                    @Override
                    public RequestReply apply(Opening opening) {
                        String key = opening.name().toLowerCase(Locale.ROOT);
                        return new PlainRequestReply(opening.withLine(lines.computeIfAbsent(key, it -> new Line())));
                    }
                });
    }

    /** Goes by numbers where it might look. */
    private static final class CountsRespondersDown extends PlainRequestReply {
        private final Map<String, Integer> there = new ConcurrentHashMap<>();

        CountsRespondersDown(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            there.merge(topic, 1, Integer::sum);
            return new PlainResponder(this, topic, handler) {
                @Override
                protected void beginClosing() {
                    there.merge(topic, -1, Integer::sum);
                    super.beginClosing();
                }
            };
        }

        @Override
        protected boolean hasResponder(String topic) {
            return there.getOrDefault(topic, 0) > 0;
        }
    }

    /** All replies of one size come in the same array. */
    private static final class SharedBuffer extends PlainRequestReply {
        private final Map<Integer, byte[]> buffers = new ConcurrentHashMap<>();

        SharedBuffer(Opening opening) {
            super(opening);
        }

        @Override
        protected Message asReturned(Message reply) {
            byte[] buffer = buffers.computeIfAbsent(reply.payloadSize(), byte[]::new);
            System.arraycopy(reply.payload(), 0, buffer, 0, buffer.length);
            return reply.toBuilder().ownedPayload(buffer).build();
        }
    }
}
