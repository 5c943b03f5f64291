package org.brokertck.tck.faulty.requestreply;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedExchange;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedRequestReply;
import org.jspecify.annotations.Nullable;

/** Replies that reach the wrong requester, or the right one changed. */
final class CorrelationFaults {
    private CorrelationFaults() {}

    static List<Fault> all() {
        return List.of(
                RequestReplyFault.plain(
                        "CorrelatesByMessageId",
                        "Y-1",
                        "equal ids|did not return within|its future has not ended",
                        "Takes the id of the message for the correlation id.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Object correlation(String topic, Message request) {
                                return request.id();
                            }
                        }),
                RequestReplyFault.plain(
                        "AnswersTheOldestRequest",
                        "Y-1",
                        "which is the reply to",
                        "Gives each reply to the request that has waited longest.",
                        AnswersTheOldest::new),
                RequestReplyFault.plain(
                        "LateReplyAnswersTheNextRequest",
                        "Y-1",
                        "which is the reply to|before its own was given",
                        "Numbers the requests of a topic by how many are pending, so that a number comes again after a timeout.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Object correlation(String topic, Message request) {
                                int number = 0;
                                while (pending.containsKey(topic + number)) {
                                    number++;
                                }
                                return topic + number;
                            }
                        }),
                RequestReplyFault.remote(
                        "CountsFromOneInEachInstance",
                        "Y-1",
                        "which is the reply to|has not ended|never ended|timed? ?out",
                        "All instances of a name read the replies, and each counts its requests from one.",
                        CountsFromOne::new),
                RequestReplyFault.plain(
                        "KeepsTheRequestsIdInTheReply",
                        "Y-1",
                        "no responder gave to it|came changed: id",
                        "Overwrites the id of the reply with that of its request.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void reply(PlainRequest request, Message reply) {
                                super.reply(
                                        request,
                                        reply.toBuilder()
                                                .id(request.message.id())
                                                .build());
                            }
                        }),
                RequestReplyFault.plain(
                        "TimesOfRepliesHaveNoSign",
                        "Y-1",
                        "came changed: timestamp",
                        "Carries the time of a reply as a number without a sign.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asReturned(Message reply) {
                                return reply.timestamp().isBefore(Instant.EPOCH)
                                        ? reply.toBuilder()
                                                .timestamp(Instant.EPOCH)
                                                .build()
                                        : reply;
                            }
                        }),
                RequestReplyFault.plain(
                        "TopicsOfRepliesAreNormalised",
                        "Y-1",
                        "came changed: topic",
                        "Writes the topic of a reply in the one form in which it looks like it did.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asReturned(Message reply) {
                                return reply.toBuilder()
                                        .topic(Normalizer.normalize(reply.topic(), Normalizer.Form.NFC))
                                        .build();
                            }
                        }),
                RequestReplyFault.plain(
                        "OverwritesTheTopicOfTheReply",
                        "Y-1",
                        "came changed: topic",
                        "Sets the topic of the reply to that of the request.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void reply(PlainRequest request, Message reply) {
                                super.reply(
                                        request,
                                        reply.toBuilder().topic(request.topic).build());
                            }
                        }),
                RequestReplyFault.plain(
                        "LeavesTheTopicOfTheRequest",
                        "Y-1",
                        "reached its responder changed: topic",
                        "Hands the request on with the topic that its message had.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asSeen(String topic, Message request) {
                                return request;
                            }
                        }),
                RequestReplyFault.plain(
                        "ResetsRetries",
                        "Y-1",
                        "retries was 7",
                        "Treats a request as a queue treats a message, and counts its attempts.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Message asSeen(String topic, Message request) {
                                return super.asSeen(topic, request).withRetries(0);
                            }
                        }),
                RequestReplyFault.responder(
                        "BroadcastsToAllResponders",
                        "Y-1",
                        "was handled 2 times|was handled \\d+ times",
                        "Hands the request to every responder of the topic, as publish/subscribe does.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            private final Deque<PlainRequest> seen = new ArrayDeque<>();

                            @Override
                            protected @Nullable PlainRequest next() {
                                PlainRequest first =
                                        owner.line().waiting(topic()).peek();
                                if (first == null) {
                                    return null;
                                }
                                if (seen.contains(first)) {
                                    return super.next();
                                }
                                seen.add(first);
                                return first;
                            }
                        }),
                RequestReplyFault.plain(
                        "HandlesOnThreadsOfItsOwn",
                        "Y-1",
                        "before it had ended",
                        "Starts a thread for each request, so that a handler meets itself.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void answer(PlainRequest request, RequestHandler handler) {
                                Thread thread = new Thread(() -> super.answer(request, handler), "one-of-many");
                                thread.setDaemon(true);
                                thread.start();
                            }
                        }),
                RequestReplyFault.plain(
                        "OneRequestAtATime",
                        "Y-1",
                        "being handled at once",
                        "A topic's requests are handled one after another, whatever the number of responders.",
                        OneAtATime::new));
    }

    /** Replies go to the pending request with the lowest number. */
    private static final class AnswersTheOldest extends PlainRequestReply {
        AnswersTheOldest(Opening opening) {
            super(opening);
        }

        @Override
        public void receive(Object correlation, Message reply) {
            Object oldest = locked(() -> pending.keySet().stream()
                    .min(Comparator.comparing(it -> (Long) it))
                    .orElse(correlation));
            super.receive(oldest, reply);
        }
    }

    /** Every instance sees every reply. */
    private static final class CountsFromOne extends SimulatedRequestReply {
        private long count;

        CountsFromOne(SimulatedExchange server, Opening opening) {
            super(server, opening);
        }

        @Override
        protected Object correlation(String topic, Message request) {
            return ++count;
        }

        @Override
        protected void reply(PlainRequest request, Message reply) {
            List<PlainRequestReply> all = locked(() -> List.copyOf(line().instances));
            all.forEach(it -> ((CountsFromOne) it).receive(request.correlation, reply));
        }
    }

    /** Nobody takes a request while another one is in hand. */
    private static final class OneAtATime extends PlainRequestReply {
        private boolean busy;

        OneAtATime(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, request -> {
                try {
                    return handler.handle(request);
                } finally {
                    locked(() -> busy = false);
                }
            }) {
                @Override
                protected @Nullable PlainRequest next() {
                    PlainRequest next = busy ? null : super.next();
                    busy |= next != null;
                    return next;
                }
            };
        }
    }
}
