package org.brokertck.tck.faulty.requestreply;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.jspecify.annotations.Nullable;

/** Failures of responders, and the lack of them, that are told wrongly. */
final class FailureFaults {
    private FailureFaults() {}

    static List<Fault> all() {
        return List.of(
                RequestReplyFault.plain(
                        "FailureBecomesATimeout",
                        "Y-2",
                        "did not return within|has not ended|where ResponderFailedException is due",
                        "Logs what the handler threw, and sends nothing.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void fail(PlainRequest request, Throwable thrown) {
                                // Only logged.
                            }
                        }),
                RequestReplyFault.plain(
                        "ErrorBecomesATimeout",
                        "Y-2",
                        "did not return within|has not ended|where ResponderFailedException is due",
                        "Tells exceptions, and not Errors.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void fail(PlainRequest request, Throwable thrown) {
                                if (thrown instanceof Exception) {
                                    super.fail(request, thrown);
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "LosesTheTextOfTheFailure",
                        "Y-2",
                        "the requester was told",
                        "Tells the type of what was thrown, and not its text.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Failure failureOf(Throwable thrown) {
                                return new Failure(thrown.getClass().getName(), "");
                            }
                        }),
                RequestReplyFault.plain(
                        "UnwrapsWhatFuturesThrow",
                        "Y-2",
                        "the handler threw java.util.concurrent.CompletionException .*, and the requester was told",
                        "Takes what a future throws for a wrapping of its own, and tells the cause.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Failure failureOf(Throwable thrown) {
                                Throwable cause = thrown.getCause();
                                return super.failureOf(
                                        cause != null && thrown instanceof CompletionException ? cause : thrown);
                            }
                        }),
                RequestReplyFault.plain(
                        "TellsTheCauseForTheFailure",
                        "Y-2",
                        "the requester was told java.io.IOException",
                        "Unwraps what was thrown, and tells its cause.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Failure failureOf(Throwable thrown) {
                                return super.failureOf(thrown.getCause() == null ? thrown : thrown.getCause());
                            }
                        }),
                RequestReplyFault.plain(
                        "TakesLargeHeaders",
                        "Y-2",
                        "a byte more than the limit of its headers",
                        "Checks the payload of a reply, and not its headers.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void checkSize(Message message) {
                                super.checkSize(
                                        message.id().equals("reply")
                                                ? message.toBuilder()
                                                        .headers(Map.of())
                                                        .build()
                                                : message);
                            }
                        }),
                RequestReplyFault.plain(
                        "TellsTheSimpleNameOfTheFailure",
                        "Y-2",
                        "the requester was told",
                        "Tells the simple name of what was thrown.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Failure failureOf(Throwable thrown) {
                                return new Failure(
                                        thrown.getClass().getSimpleName(),
                                        Failure.of(thrown).text());
                            }
                        }),
                RequestReplyFault.plain(
                        "RethrowsBrokerExceptions",
                        "Y-2",
                        "where ResponderFailedException is due",
                        "Hands on as they are the exceptions that the handler got from the broker itself.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void fail(PlainRequest request, Throwable thrown) {
                                if (thrown instanceof NoResponderException known) {
                                    request.owner.receiveFailure(request.correlation, known);
                                } else {
                                    super.fail(request, thrown);
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "NullIsAnEmptyReply",
                        "Y-2",
                        "was accepted where ResponderFailedException is due|failed in time",
                        "Takes null for a reply without contents.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void answer(PlainRequest request, RequestHandler handler) {
                                super.answer(request, asked -> {
                                    Message reply = handler.handle(asked);
                                    return reply == null
                                            ? Message.builder().id("empty").build()
                                            : reply;
                                });
                            }
                        }),
                RequestReplyFault.plain(
                        "LosesRepliesThatAreTooLarge",
                        "Y-2",
                        "did not return within",
                        "Refuses a reply that is too large where nobody hears of it.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void fail(PlainRequest request, Throwable thrown) {
                                if (!(thrown instanceof MessageTooLargeException)) {
                                    super.fail(request, thrown);
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "NoResponderIsATimeout",
                        "Y-2",
                        "where NoResponderException is due",
                        "Cannot tell that nobody responds, and lets the time run out.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable noResponder(PlainRequest sent) {
                                return () -> {};
                            }
                        }),
                RequestReplyFault.plain(
                        "NoResponderHangs",
                        "Y-2",
                        "did not return within|has not ended",
                        "Waits for a responder without looking at the time.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable noResponder(PlainRequest sent) {
                                locked(() -> end(sent, "abandoned", () -> {}));
                                return () -> {};
                            }
                        }),
                RequestReplyFault.plain(
                        "TellsNoResponderOfWhatWasTaken",
                        "Y-2",
                        "where OperationTimeoutException is due",
                        "Looks for a responder when the time is up, and forgets the one that has the request in hand and left.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void timeOut(PlainRequest sent, Duration timeout) {
                                if (locked(() -> hasResponder(sent.topic))) {
                                    super.timeOut(sent, timeout);
                                } else {
                                    locked(() -> super.noResponder(sent)).run();
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "KeepsTheTopicOfRespondersThatLeft",
                        "Y-2",
                        "where NoResponderException is due",
                        "A topic counts as answered once anybody has responded to it.",
                        it -> new PlainRequestReply(it) {
                            private final Set<String> known = new HashSet<>();

                            @Override
                            protected boolean hasResponder(String topic) {
                                if (super.hasResponder(topic)) {
                                    known.add(topic);
                                }
                                return known.contains(topic);
                            }
                        }),
                RequestReplyFault.plain(
                        "TopicsWithoutCase",
                        "Y-2",
                        "where NoResponderException is due",
                        "Takes topics that differ in case for one when it looks for responders.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected boolean hasResponder(String topic) {
                                return line().responders.stream()
                                        .anyMatch(responder -> responder.topic().equalsIgnoreCase(topic));
                            }
                        }),
                RequestReplyFault.plain(
                        "DoesNotNameTheTopic",
                        "Y-2",
                        "does not name the topic",
                        "Says that there is no responder, and not to what.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable noResponder(PlainRequest sent) {
                                return end(
                                        sent,
                                        "abandoned",
                                        () -> sent.future.completeExceptionally(
                                                new NoResponderException("There is no responder")));
                            }
                        }),
                RequestReplyFault.responder(
                        "ResponderDiesOfAnError",
                        "G-12",
                        "did not return|threw .*Timeout|threw .*NoResponder",
                        "Lets an Error end the thread of the responder.",
                        (owner, topic, handler) ->
                                new PlainResponder(owner, topic, asked -> {
                                    try {
                                        return handler.handle(asked);
                                    } catch (Error error) {
                                        Thread.currentThread().setName("dying");
                                        throw error;
                                    }
                                }) {
                                    @Override
                                    protected @Nullable PlainRequest take() {
                                        return thread().getName().equals("dying") ? null : super.take();
                                    }
                                }),
                RequestReplyFault.responder(
                        "LeavesTheInterruptFlag",
                        "G-12",
                        "still set for the next request",
                        "The flag that a handler set meets the next one.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            @Override
                            protected void beforeHandler() {
                                // Not looked at.
                            }
                        }));
    }
}
