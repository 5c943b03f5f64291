package org.brokertck.tck.faulty.requestreply;

import static org.brokertck.tck.faulty.requestreply.RequestReplyFault.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.jspecify.annotations.Nullable;

/** Faults that show where two features meet: what depends on futures, other instances of the name, no time at all, and what becomes of handlers. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "AsksNothingWhereItTellsReplies",
                        "Y-1",
                        "a request that depended on the end of another one",
                        "Ends futures on the thread that also hears what becomes of new requests.",
                        AsksNothingWhereItTellsReplies::new),
                plain(
                        "ClosingStumblesOverCancelledOnes",
                        "G-2",
                        "a request under way at the close|close .* threw",
                        "Ends what is pending one by one, and takes those for pending that the end of another one has cancelled.",
                        ClosingStumblesOverCancelledOnes::new),
                plain(
                        "ClosesForAllOfTheName",
                        "Y-1",
                        "when another instance of that name was closed",
                        "Ends the requests of all instances of its name when one of them is closed.",
                        ClosesForAllOfTheName::new),
                plain(
                        "NoDrainTimeoutIsForEver",
                        "G-3",
                        "with a drain timeout of 0",
                        "Hands the drain timeout to Thread.join, for which 0 milliseconds have no end.",
                        NoDrainTimeoutIsForEver::new),
                plain(
                        "CancelInterruptsTheHandler",
                        "Y-1",
                        "after step .* (while it held|before it was let go)",
                        "Interrupts the handler of a request that is cancelled.",
                        CancelInterruptsTheHandler::new),
                plain(
                        "LeavingTakesOneMore",
                        "Y-1",
                        "after step .* a responder that had left was given",
                        "Takes one more request after it was closed from inside its handler.",
                        LeavingTakesOneMore::new),
                plain(
                        "ClosedTwiceCountsTwice",
                        "Y-1",
                        "after step .* is NO_RESPONDER, where PENDING is due",
                        "Counts who responds to a topic down with each close of a responder.",
                        ClosedTwiceCountsTwice::new),
                plain(
                        "LeftFromInsideForGood",
                        "G-3",
                        "the interrupt of a handler that does not end",
                        "Interrupts no handler that has closed its own responder, since that close does not wait.",
                        LeftFromInsideForGood::new));
    }

    private static final class ClosedTwiceCountsTwice extends PlainRequestReply {
        private final Map<String, Integer> responders = new ConcurrentHashMap<>();

        ClosedTwiceCountsTwice(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean hasResponder(String topic) {
            return super.hasResponder(topic) && responders.getOrDefault(topic, 0) > 0;
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            responders.merge(topic, 1, Integer::sum);
            return new PlainResponder(this, topic, handler) {
                @Override
                protected void beginClosing() {
                    responders.merge(topic(), -1, Integer::sum);
                    super.beginClosing();
                }
            };
        }
    }

    private static final class LeftFromInsideForGood extends PlainRequestReply {
        LeftFromInsideForGood(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                private volatile boolean left;

                @Override
                public void close() {
                    left |= Thread.currentThread() == thread();
                    super.close();
                }

                @Override
                protected void interruptHandler() {
                    if (!left) {
                        super.interruptHandler();
                    }
                }
            };
        }
    }

    private static final class CancelInterruptsTheHandler extends PlainRequestReply {
        private final Map<PlainRequest, Thread> taken = new ConcurrentHashMap<>();

        CancelInterruptsTheHandler(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                @Override
                protected @Nullable PlainRequest next() {
                    PlainRequest next = super.next();
                    taken.values().remove(thread());
                    if (next != null) {
                        taken.put(next, thread());
                    }
                    return next;
                }
            };
        }

        @Override
        protected void cancelled(PlainRequest sent) {
            super.cancelled(sent);
            Thread responder = taken.get(sent);
            if (responder != null) {
                responder.interrupt();
            }
        }
    }

    private static final class AsksNothingWhereItTellsReplies extends PlainRequestReply {
        private final ThreadLocal<Boolean> telling = ThreadLocal.withInitial(() -> false);

        AsksNothingWhereItTellsReplies(Opening opening) {
            super(opening);
        }

        @Override
        protected Runnable end(PlainRequest sent, String how, Runnable completion) {
            Runnable ending = super.end(sent, how, completion);
            return () -> {
                telling.set(true);
                ending.run();
                telling.set(false);
            };
        }

        @Override
        public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
            if (telling.get()) {
                return CompletableFuture.failedFuture(new OperationTimeoutException("Not sent within " + timeout));
            }
            return super.requestAsync(topic, request, timeout);
        }
    }

    private static final class ClosingStumblesOverCancelledOnes extends PlainRequestReply {
        ClosingStumblesOverCancelledOnes(Opening opening) {
            super(opening);
        }

        @Override
        protected Runnable tellAll() {
            ClosedException told = new ClosedException("Request/reply '" + name() + "' was closed");
            return () -> locked(() -> {
                Iterator<PlainRequest> all = pending.values().iterator();
                while (all.hasNext()) {
                    PlainRequest next = all.next();
                    all.remove();
                    count("abandoned");
                    next.future.completeExceptionally(told);
                }
                return true;
            });
        }
    }

    private static final class ClosesForAllOfTheName extends PlainRequestReply {
        private static final Map<String, List<ClosesForAllOfTheName>> ALL = new ConcurrentHashMap<>();

        ClosesForAllOfTheName(Opening opening) {
            super(opening);
            ALL.computeIfAbsent(name(), it -> new CopyOnWriteArrayList<>()).add(this);
        }

        @Override
        public void close() {
            List<Runnable> told = new ArrayList<>();
            ALL.getOrDefault(name(), List.of()).forEach(it -> told.add(it.locked(it::tellAll)));
            ALL.remove(name());
            told.forEach(Runnable::run);
            super.close();
        }
    }

    private static final class NoDrainTimeoutIsForEver extends PlainRequestReply {
        NoDrainTimeoutIsForEver(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            boolean none = config().drainTimeout().isZero();
            return new PlainResponder(this, topic, handler) {
                @Override
                protected void interruptHandler() {
                    if (!none) {
                        super.interruptHandler();
                    }
                }

                @Override
                protected void awaitEnd() {
                    try {
                        if (none) {
                            thread().join(0);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    super.awaitEnd();
                }
            };
        }
    }

    private static final class LeavingTakesOneMore extends PlainRequestReply {
        LeavingTakesOneMore(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                private boolean mayTakeOneMore;

                @Override
                public void close() {
                    mayTakeOneMore = Thread.currentThread() == thread();
                    super.close();
                }

                @Override
                protected @Nullable PlainRequest take() {
                    Optional<PlainRequest> more = locked(this::oneMore);
                    return more.isPresent() ? more.get() : super.take();
                }

                private Optional<PlainRequest> oneMore() {
                    if (!closing || !mayTakeOneMore) {
                        return Optional.empty();
                    }
                    mayTakeOneMore = false;
                    Optional<PlainRequest> next =
                            Optional.ofNullable(line().waiting(topic()).poll());
                    handling = next.isPresent();
                    return next;
                }
            };
        }
    }
}
