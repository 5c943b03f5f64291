package org.brokertck.tck.faulty.requestreply;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.jspecify.annotations.Nullable;

/** Requests that end at the wrong time, or never quite. */
final class TimingFaults {
    private TimingFaults() {}

    static List<Fault> all() {
        return List.of(
                RequestReplyFault.plain(
                        "CountsTheTimeFromThePreviousRequest",
                        "Y-1",
                        "before its timeout had run out|timed out after",
                        "Starts one timer when the first of several requests is made, and takes the others from it.",
                        FromThePrevious::new),
                RequestReplyFault.plain(
                        "RoundsTimeoutsToSeconds",
                        "Y-1",
                        "before its timeout had run out|timed out after|at the end of its time",
                        "Counts whole seconds.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Duration timeLeft(PlainRequest sent, Duration timeout) {
                                return Duration.ofSeconds(timeout.toSeconds());
                            }
                        }),
                RequestReplyFault.plain(
                        "WaitsManyTimesAsLong",
                        "Y-1",
                        "did not return within|has not ended",
                        "Waits twenty times as long as it was asked to.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Duration timeLeft(PlainRequest sent, Duration timeout) {
                                return timeout.compareTo(Duration.ofDays(1)) > 0 ? timeout : timeout.multipliedBy(20);
                            }
                        }),
                RequestReplyFault.plain(
                        "BeginsTheTimeAnewWhenTaken",
                        "Y-1",
                        "stood in line for 7 minutes",
                        "Gives the request its time once in line and once more with a responder.",
                        BeginsAnew::new),
                RequestReplyFault.plain(
                        "CutsTimeoutsToMilliseconds",
                        "Y-1",
                        "ended before that was over",
                        "Hands the whole milliseconds of a timeout to its timer.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Duration timeLeft(PlainRequest sent, Duration timeout) {
                                return Duration.ofMillis(timeout.toMillis());
                            }
                        }),
                RequestReplyFault.plain(
                        "LeavesTheTimerBehind",
                        "Y-1",
                        "of them are still in use",
                        "Lets the timer of a request run on when its reply has come.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Duration timeLeft(PlainRequest sent, Duration timeout) {
                                schedule(timeout, () -> timeOut(sent, timeout));
                                return timeout;
                            }
                        }),
                RequestReplyFault.plain(
                        "CutsLongTimeouts",
                        "Y-1",
                        "365 days ended before|timed out after|before its timeout had run out",
                        "Cuts every timeout to what its socket allows.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Duration timeLeft(PlainRequest sent, Duration timeout) {
                                Duration most = Duration.ofMillis(1);
                                return timeout.compareTo(most) < 0 ? timeout : most;
                            }
                        }),
                RequestReplyFault.plain(
                        "CountsLateFailures",
                        "Y-1",
                        "the metrics say failed",
                        "Counts a failure when it comes, whether anyone waits for it or not.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            public void receiveFailure(Object correlation, RuntimeException failure) {
                                locked(() -> {
                                    if (!pending.containsKey(correlation)) {
                                        count("failed");
                                    }
                                    return true;
                                });
                                super.receiveFailure(correlation, failure);
                            }
                        }),
                RequestReplyFault.plain(
                        "KeepsTimedOutRequests",
                        "Y-1",
                        "none is pending|the metrics say",
                        "Forgets a request only when its reply comes.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void timeOut(PlainRequest sent, Duration timeout) {
                                sent.future.completeExceptionally(
                                        new OperationTimeoutException("No reply within " + timeout));
                            }
                        }),
                RequestReplyFault.plain(
                        "KeepsCancelledRequests",
                        "Y-1",
                        "once the future was cancelled",
                        "A cancelled future is no business of the map of pending requests.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void cancelled(PlainRequest sent) {
                                // It will time out some day.
                            }
                        }),
                RequestReplyFault.plain(
                        "CountsTimeoutsAsFailures",
                        "Y-1",
                        "the metrics say (failed|timedOut)",
                        "Counts whatever ends a request without a reply as failed.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected Runnable end(PlainRequest sent, String how, Runnable completion) {
                                return super.end(sent, how.equals("timedOut") ? "failed" : how, completion);
                            }
                        }),
                RequestReplyFault.plain(
                        "TimeoutIsAnEmptyReply",
                        "Y-1",
                        "was accepted where OperationTimeoutException is due",
                        "Ends a request whose time is up with an empty message.",
                        it -> new PlainRequestReply(it) {
                            @Override
                            protected void timeOut(PlainRequest sent, Duration timeout) {
                                receive(
                                        sent.correlation,
                                        Message.builder().id("none").build());
                            }
                        }),
                RequestReplyFault.responder(
                        "FetchesAhead",
                        "Y-1",
                        "being handled at once|while a responder left",
                        "A responder takes two requests at a time from the line.",
                        FetchesAhead::new),
                RequestReplyFault.responder(
                        "CloseDropsWhatIsInHand",
                        "Y-1",
                        "in the hand of a responder that is being closed|long before the drain timeout",
                        "Closing a responder interrupts its handler at once.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            @Override
                            protected void awaitEnd() {
                                interruptHandler();
                                super.awaitEnd();
                            }
                        }));
    }

    /** A timer runs from the first pending request on. */
    private static final class FromThePrevious extends PlainRequestReply {
        private long started;

        FromThePrevious(Opening opening) {
            super(opening);
        }

        @Override
        protected Duration timeLeft(PlainRequest sent, Duration timeout) {
            long now = time().nanoTime();
            boolean first = locked(() -> pending.size() <= 2);
            started = first ? now : started;
            Duration left = timeout.minusNanos(now - started);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** Takes a second request along with the first. */
    private static final class FetchesAhead extends PlainResponder {
        private final ArrayDeque<PlainRequest> mine = new ArrayDeque<>();

        FetchesAhead(PlainRequestReply owner, String topic, RequestHandler handler) {
            super(owner, topic, handler);
        }

        @Override
        protected @Nullable PlainRequest next() {
            for (int taken = mine.size(); taken < 2; taken++) {
                PlainRequest next = super.next();
                if (next != null) {
                    mine.add(next);
                }
            }
            return mine.poll();
        }
    }

    /** Knows when each request was taken. */
    private static final class BeginsAnew extends PlainRequestReply {
        private final Map<PlainRequest, Long> taken = new WeakHashMap<>();

        private BeginsAnew(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                @Override
                protected @Nullable PlainRequest next() {
                    PlainRequest request = super.next();
                    if (request != null) {
                        taken.put(request, time().nanoTime());
                    }
                    return request;
                }
            };
        }

        @Override
        protected void timeOut(PlainRequest sent, Duration timeout) {
            long now = time().nanoTime();
            long left = locked(() -> taken.getOrDefault(sent, now - timeout.toNanos())) + timeout.toNanos() - now;
            if (left > 0) {
                schedule(Duration.ofNanos(left), () -> timeOut(sent, timeout));
            } else {
                super.timeOut(sent, timeout);
            }
        }
    }
}
