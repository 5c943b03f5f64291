package org.brokertck.reference.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.SizeCheck;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference of request/reply: in memory, on any {@link TimeSource}. Each opened instance is one of its own, whatever its name.
 *
 * <p>A request to a topic that nobody responds to fails at once. One whose time runs out before a responder has taken it is never
 * handled.
 */
public final class InMemoryRequestReply implements RequestReply {
    private final String name;
    private final RequestReplyConfig config;
    private final SizeCheck sizes;
    private final TimeSource time;
    private final @Nullable SystemTimeSource ownTime;
    private final RequestBook book;
    private final TopicLines lines = new TopicLines();
    private final Set<ResponderLoop> responders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();

    /** @param ownTime ends with the instance; null when the time is someone else's */
    private InMemoryRequestReply(Builder builder, TimeSource time, @Nullable SystemTimeSource ownTime) {
        this.name = builder.name;
        this.config = builder.config;
        this.sizes = new SizeCheck(builder.limits);
        this.time = time;
        this.ownTime = ownTime;
        this.book = new RequestBook(name, time);
    }

    /** Opens an instance on the system's time, with {@link Limits#DEFAULT}. */
    public static InMemoryRequestReply open(String name, RequestReplyConfig config) {
        return builder(name).config(config).open();
    }

    /** Opens an instance on the time given, with {@link Limits#DEFAULT}. The time source outlives it. */
    public static InMemoryRequestReply open(String name, RequestReplyConfig config, TimeSource time) {
        return builder(name).config(config).time(time).open();
    }

    /**
     * A builder with all defaults.
     *
     * @param name not blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Message request(String topic, Message request, Duration timeout) {
        PendingRequest pending = send(topic, request, timeout);
        try {
            return pending.ended().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            OperationInterruptedException interrupted = new OperationInterruptedException(
                    "Interrupted while waiting for a reply to a request to '" + topic + "', which is discarded now", e);
            if (book.fail(pending, interrupted)) {
                throw interrupted;
            }
            return ended(pending);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static Message ended(PendingRequest pending) {
        try {
            return pending.ended().join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Exception wrapper) {
        return wrapper.getCause() instanceof BrokerException known ? known : new IllegalStateException(wrapper);
    }

    @Override
    public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
        PendingRequest pending = send(topic, request, timeout);
        CompletableFuture<Message> handedOut = new CompletableFuture<>();
        handedOut.whenComplete((reply, failure) -> {
            if (!pending.ended().isDone()) {
                book.fail(pending, new ClosedException("The request to '" + topic + "' was given up by its requester"));
            }
        });
        pending.ended().whenComplete((reply, failure) -> {
            if (failure == null) {
                handedOut.complete(reply);
            } else {
                handedOut.completeExceptionally(failure);
            }
        });
        return handedOut;
    }

    private PendingRequest send(String topic, Message request, Duration timeout) {
        TopicPattern.requireTopic(topic);
        sizes.check(Objects.requireNonNull(request, "request"));
        RequestReply.requireTimeout(timeout);
        Message sent = request.toBuilder().topic(topic).build();
        PendingRequest pending = new PendingRequest(lines.of(topic), sent);
        book.enter(pending, timeout);
        if (!pending.lineUp()) {
            book.unanswerable(List.of(pending));
        }
        return pending;
    }

    @Override
    public Responder respond(String topic, RequestHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        book.requireOpen();
        ResponderLoop responder = newResponder(topic, handler);
        responders.add(responder);
        responder.start();
        try {
            // Whoever closes may have looked for responders before this one was there.
            book.requireOpen();
        } catch (ClosedException closed) {
            responder.close();
            throw closed;
        }
        return responder;
    }

    private ResponderLoop newResponder(String topic, RequestHandler handler) {
        String threadName = "brokertck-" + name + "-responder-" + threads.incrementAndGet();
        Departure departure = new Departure("a responder to '" + topic + "'", time, config.drainTimeout());
        ResponderLoop responder = new ResponderLoop(topic, lines, book, sizes, handler, departure, threadName);
        departure.whenGone(() -> gone(responder));
        return responder;
    }

    /** Whoever leaves last, after a close from inside a handler, ends the time too. */
    private void gone(ResponderLoop responder) {
        responders.remove(responder);
        if (ownTime != null && book.isClosed() && responders.isEmpty()) {
            ownTime.shutdown();
        }
    }

    @Override
    public RequestReplyMetrics metrics() {
        return book.metrics(responders.size());
    }

    @Override
    public void close() {
        book.close();
        List<ResponderLoop> leaving = List.copyOf(responders);
        leaving.forEach(ResponderLoop::beginClosing);
        if (leaving.stream().anyMatch(ResponderLoop::isCurrentThread)) {
            return;
        }
        try {
            awaitAll(leaving);
        } finally {
            if (ownTime != null) {
                ownTime.close();
            }
        }
    }

    private static void awaitAll(List<ResponderLoop> leaving) {
        try {
            leaving.forEach(ResponderLoop::awaitEnd);
        } catch (OperationInterruptedException hastened) {
            leaving.forEach(ResponderLoop::cutOff);
            throw hastened;
        }
    }

    /** Opens an {@link InMemoryRequestReply}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private RequestReplyConfig config = RequestReplyConfig.defaults();
        private Limits limits = Limits.DEFAULT;
        private @Nullable TimeSource time;

        private Builder(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name is blank: give the instance a name");
            }
            this.name = name;
        }

        /** Default: {@link RequestReplyConfig#defaults()}. */
        public Builder config(RequestReplyConfig config) {
            this.config = Objects.requireNonNull(config, "config");
            return this;
        }

        /** Default: {@link Limits#DEFAULT}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Default: the system's time, on a thread that the instance starts when it first needs it, and ends. */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Opens the instance. */
        public InMemoryRequestReply open() {
            if (time != null) {
                return new InMemoryRequestReply(this, time, null);
            }
            SystemTimeSource ownTime = new SystemTimeSource("brokertck-" + name + "-timer");
            return new InMemoryRequestReply(this, ownTime, ownTime);
        }
    }
}
