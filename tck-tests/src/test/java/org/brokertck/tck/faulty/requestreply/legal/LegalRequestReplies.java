package org.brokertck.tck.faulty.requestreply.legal;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.requestreply.plain.Line;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequest;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.brokertck.tck.faulty.requestreply.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Variants that use the freedom that the contract leaves. */
final class LegalRequestReplies {
    private LegalRequestReplies() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("tells of no responder when the time is up", ToldAtTheEnd::new),
                PlainTarget.of("handles what has timed out in line", HandlesTheDead::new),
                PlainTarget.of("last come, first served", LastFirst::new),
                sharesLines(),
                PlainTarget.of("ends futures on threads of the common pool", EndsElsewhere::new));
    }

    /** That nobody responds is only known when the time is up. Whoever has left may have handled a request, of which that is not told. */
    private static final class ToldAtTheEnd extends PlainRequestReply {
        private final Set<PlainRequest> untaken = new HashSet<>();

        ToldAtTheEnd(Opening opening) {
            super(opening);
        }

        @Override
        protected Runnable noResponder(PlainRequest sent) {
            untaken.add(sent);
            return () -> {};
        }

        @Override
        protected void timeOut(PlainRequest sent, Duration timeout) {
            if (locked(() -> hasResponder(sent.topic) || !untaken.contains(sent))) {
                super.timeOut(sent, timeout);
                return;
            }
            locked(() -> end(
                            sent,
                            "abandoned",
                            () -> sent.future.completeExceptionally(
                                    new NoResponderException("Nobody came to respond to '" + sent.topic + "'"))))
                    .run();
        }
    }

    /** A request stays in line when its time is up, and its reply is discarded. */
    private static final class HandlesTheDead extends PlainRequestReply {
        HandlesTheDead(Opening opening) {
            super(opening);
        }

        @Override
        protected void timeOut(PlainRequest sent, Duration timeout) {
            boolean inLine = locked(() -> line().waiting(sent.topic).contains(sent));
            super.timeOut(sent, timeout);
            if (inLine) {
                locked(() -> hasResponder(sent.topic) ? lineUp(sent) : (Runnable) () -> {});
            }
        }
    }

    /** The newest request is handled first. */
    private static final class LastFirst extends PlainRequestReply {
        LastFirst(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainResponder newResponder(String topic, RequestHandler handler) {
            return new PlainResponder(this, topic, handler) {
                @Override
                protected @Nullable PlainRequest next() {
                    return line().responders.contains(this)
                            ? line().waiting(topic()).pollLast()
                            : null;
                }
            };
        }
    }

    /** Instances of one name reach each other in memory too. */
    private static ConformanceTarget sharesLines() {
        Map<String, Line> lines = new ConcurrentHashMap<>();
        return PlainTarget.of(
                "instances of one name reach each other",
                it -> new PlainRequestReply(it.withLine(lines.computeIfAbsent(it.name(), name -> new Line()))));
    }

    /** What depends on a future runs on another thread than the responder's. */
    private static final class EndsElsewhere extends PlainRequestReply {
        EndsElsewhere(Opening opening) {
            super(opening);
        }

        @Override
        public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
            CompletableFuture<Message> inner = super.requestAsync(topic, request, timeout);
            CompletableFuture<Message> outer = new CompletableFuture<>();
            inner.whenCompleteAsync((reply, failure) -> {
                if (failure == null) {
                    outer.complete(reply);
                } else {
                    outer.completeExceptionally(failure);
                }
            });
            outer.whenComplete((reply, failure) -> inner.cancel(false));
            return outer;
        }
    }
}
