package org.brokertck.tck.faulty.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;

/** Faults in how an interface ends, and in how its calls do. */
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                RequestReplyFault.responder(
                        "TheLastClearsTheTopicAway",
                        "Y-1",
                        "request after-it-has-left-0 .*threw .*NoResponderException",
                        "Has the last responder of a topic clear that away at its end, whoever has come meanwhile.",
                        (owner, topic, handler) -> new PlainResponder(owner, topic, handler) {
                            private boolean last;

                            @Override
                            protected void beginClosing() {
                                super.beginClosing();
                                last = owner.locked(() -> owner.line().responders.stream()
                                        .noneMatch(other -> other.topic().equals(topic)));
                            }

                            @Override
                            protected void work() {
                                super.work();
                                owner.locked(() -> last
                                        && owner.line()
                                                .responders
                                                .removeIf(other -> other.topic().equals(topic)));
                            }
                        }),
                RequestReplyFault.plain(
                        "DropsTheReplyOfACutHandler",
                        "Y-1",
                        "a request whose handler ended when its responder",
                        "Sends no reply of a handler that it has interrupted.",
                        it -> new CutShort(it) {
                            @Override
                            protected void reply(PlainRequest request, Message reply) {
                                if (!isCut()) {
                                    super.reply(request, reply);
                                }
                            }
                        }),
                RequestReplyFault.plain(
                        "DropsTheFailureOfACutHandler",
                        "Y-2",
                        "a request whose handler ended when its responder",
                        "Tells nobody of the failure of a handler that it has interrupted.",
                        it -> new CutShort(it) {
                            @Override
                            protected void fail(PlainRequest request, Throwable thrown) {
                                if (!isCut()) {
                                    super.fail(request, thrown);
                                }
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
                        }));
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
            Gap.pass();
            looked.set(true);
            try {
                return super.respond(topic, handler);
            } finally {
                looked.set(false);
            }
        }
    }

    /** Knows whose handler it has interrupted. */
    private static class CutShort extends PlainRequestReply {
        private final Set<Thread> cut = ConcurrentHashMap.newKeySet();

        CutShort(Opening opening) {
            super(opening);
        }

        final boolean isCut() {
            return cut.contains(Thread.currentThread());
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                @Override
                protected void interruptHandler() {
                    cut.add(thread());
                    super.interruptHandler();
                }
            };
        }
    }
}
