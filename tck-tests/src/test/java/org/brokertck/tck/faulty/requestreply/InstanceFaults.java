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
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.requestreply.plain.Line;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.brokertck.tck.scenario.Polling;

/** Faults against what holds for every interface. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
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
                        "ServesAfterClose",
                        "G-2",
                        "after close .*where ClosedException is due",
                        "Does not look whether it is closed.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                // All the same.
                            }
                        }),
                RequestReplyFault.plain(
                        "ForgetsWhoWaitsAtTheClose",
                        "G-2",
                        "under way at the close|has not ended|did not return",
                        "Leaves pending requests to their timeouts when it is closed.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable tellAll() {
                                return () -> {};
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
                        "CloseCountsAsAFailure",
                        "G-2",
                        "told of the close, and then answered; the metrics are .*failed=4",
                        "Counts requests that a close has ended as failed by their responders.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void count(String what) {
                                super.count(closed && what.equals("abandoned") ? "failed" : what);
                            }
                        }),
                RequestReplyFault.responder(
                        "CloseWaitsForItsOwnHandler",
                        "G-3",
                        "from inside a handler did not return|did not return within",
                        "Close waits for all handlers, the one that calls it included.",
                        (owner, topic, handler) ->
                                new PlainResponder(owner, topic, asked -> {
                                    Thread.currentThread().setName("handling");
                                    return handler.handle(asked);
                                }) {
                                    @Override
                                    protected void beginClosing() {
                                        super.beginClosing();
                                        if (Thread.currentThread() == thread()) {
                                            awaitEnd();
                                        }
                                    }
                                }),
                RequestReplyFault.plain(
                        "AClosedInstanceIsClosed",
                        "G-3",
                        "an instance was closed twice, .* and a close returned",
                        "Returns from close at once when that has been called before.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            public void close() {
                                if (!locked(() -> closed)) {
                                    super.close();
                                }
                            }
                        }),
                RequestReplyFault.responder(
                        "AClosedResponderIsClosed",
                        "G-3",
                        "a responder was closed twice, .* and a close returned",
                        "Returns from the close of a responder at once when that has been called before.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            @Override
                            public void close() {
                                if (!owner.locked(() -> closing)) {
                                    super.close();
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "RespondsPastItsClose",
                        "G-10",
                        "these threads are still alive: plain-responder-to-order.price",
                        "Looks whether it is closed, and makes the responder in another step.",
                        RespondsPastItsClose::new),
                RequestReplyFault.plain(
                        "CountsRespondersDown",
                        "Y-1",
                        "threw .*NoResponder|one of two responders was closed, twice",
                        "Counts the responders of a topic, and counts one that is closed twice down twice.",
                        CountsRespondersDown::new),
                RequestReplyFault.responder(
                        "NeverInterruptsAHandler",
                        "G-3",
                        "was not interrupted",
                        "Gives up a handler at the end of the drain timeout without telling it.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            @Override
                            protected void interruptHandler() {
                                // Left behind.
                            }
                        }),
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
                RequestReplyFault.plain(
                        "IgnoresInterrupts",
                        "G-9",
                        "did not return within",
                        "Waits on when it is interrupted.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message interrupted(PlainRequest sent) {
                                return sent.future.join();
                            }
                        }),
                RequestReplyFault.plain(
                        "SwallowsTheInterruptFlag",
                        "G-9",
                        "did not restore the interrupt flag|took away the interrupt flag",
                        "Throws when it is interrupted, and leaves the flag down.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message interrupted(PlainRequest sent) {
                                try {
                                    return super.interrupted(sent);
                                } finally {
                                    Thread.interrupted();
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "KeepsInterruptedRequests",
                        "G-9",
                        "no longer pending",
                        "An interrupted request stays pending until its time is up.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected boolean giveUp(PlainRequest sent, RuntimeException told) {
                                return true;
                            }
                        }),
                RequestReplyFault.plain(
                        "LeavesAThreadBehind",
                        "G-10",
                        "still alive: .*housekeeping",
                        "Starts a thread that nobody ends.",
                        it -> {
                            Lingering.thread("housekeeping-of-" + it.name());
                            return new PlainRequestReply(it);
                        }),
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

    private static final class RespondsPastItsClose extends PlainRequestReply {
        private final ThreadLocal<Boolean> looked = ThreadLocal.withInitial(() -> false);

        RespondsPastItsClose(Opening opening) {
            super(opening);
        }

        @Override
        protected void requireUsable(Duration patience) {
            if (!looked.get()) {
                super.requireUsable(patience);
            }
        }

        @Override
        public Responder respond(String topic, RequestHandler handler) {
            locked(() -> {
                requireUsable(config().timeout());
                return true;
            });
            Polling.spin(300_000);
            looked.set(true);
            try {
                return super.respond(topic, handler);
            } finally {
                looked.set(false);
            }
        }
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
