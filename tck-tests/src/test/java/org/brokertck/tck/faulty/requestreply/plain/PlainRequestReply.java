package org.brokertck.tck.faulty.requestreply.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.tck.scenario.LargeHeaders;

/**
 * A correct request/reply with one lock and one condition, made to be read and to be broken: each decision is a method that a variant
 * overrides. All but the public methods of the contract are called under the lock, unless they say otherwise.
 */
public class PlainRequestReply implements RequestReply {
    /** Requests that have not ended, by what their replies find them. */
    protected final Map<Object, PlainRequest> pending = new HashMap<>();

    /** Endings, by name. */
    protected final Map<String, Long> counts = new HashMap<>();

    /** Whether close was called. */
    protected boolean closed;

    private final Opening opening;

    /** Opens the instance. */
    @SuppressWarnings("this-escape") // nothing is called on it before it is ready
    public PlainRequestReply(Opening opening) {
        this.opening = opening;
        locked(() -> line().instances.add(this));
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final RequestReplyConfig config() {
        return opening.config();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** What it shares. */
    public final Line line() {
        return opening.line();
    }

    /** Runs a step under the lock. */
    public final <T> T locked(Supplier<T> step) {
        line().lock.lock();
        try {
            return step.get();
        } finally {
            line().lock.unlock();
        }
    }

    /** Has something done later. */
    protected TimeSource.Alarm schedule(Duration delay, Runnable task) {
        try {
            return time().schedule(delay, task);
        } catch (RejectedExecutionException closedMeanwhile) {
            return () -> {};
        }
    }

    // ---- asking

    @Override
    public Message request(String topic, Message request, Duration timeout) {
        check(topic, request, timeout);
        PlainRequest sent = send(topic, request, timeout);
        try {
            return sent.future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            return interrupted(sent);
        }
    }

    /** The requester was interrupted. Called without the lock. */
    protected Message interrupted(PlainRequest sent) {
        Thread.currentThread().interrupt();
        OperationInterruptedException told = new OperationInterruptedException("Interrupted while waiting for a reply");
        if (giveUp(sent, told)) {
            throw told;
        }
        try {
            return sent.future.join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    /** Forgets a request that nobody waits for any more; says whether it was pending. Called without the lock. */
    protected boolean giveUp(PlainRequest sent, RuntimeException told) {
        Runnable completion = locked(() -> end(sent, "abandoned", () -> sent.future.completeExceptionally(told)));
        completion.run();
        try {
            return sent.future.handle((reply, failure) -> failure == told).join();
        } catch (CompletionException e) {
            return false;
        }
    }

    private static RuntimeException failure(Exception wrapper) {
        return wrapper.getCause() instanceof RuntimeException known ? known : new IllegalStateException(wrapper);
    }

    @Override
    public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
        check(topic, request, timeout);
        PlainRequest sent = send(topic, request, timeout);
        sent.future.whenComplete((reply, failure) -> {
            if (sent.future.isCancelled()) {
                cancelled(sent);
            }
        });
        return sent.future;
    }

    /** The requester cancelled its future. Called without the lock. */
    protected void cancelled(PlainRequest sent) {
        locked(() -> end(sent, "abandoned", () -> {}));
    }

    /** Refuses invalid arguments. Called without the lock. */
    protected void check(String topic, Message request, Duration timeout) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(request, "request");
        RequestReply.requireTimeout(timeout);
        checkSize(request);
    }

    /** Refuses what is too large. Called without the lock. */
    protected void checkSize(Message message) {
        if (message.payloadSize() > opening.limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The payload has " + message.payloadSize() + " bytes, and '" + name()
                    + "' takes " + opening.limits().maxPayloadBytes() + " at most");
        }
        if (headerBytes(message) > opening.limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headerBytes(message) + " bytes");
        }
    }

    /** The size of its headers. */
    protected long headerBytes(Message message) {
        return LargeHeaders.bytes(message.headers());
    }

    private PlainRequest send(String topic, Message request, Duration timeout) {
        List<Runnable> told = new ArrayList<>();
        PlainRequest sent = locked(() -> {
            requireUsable(timeout);
            PlainRequest made = new PlainRequest(this, topic, asSeen(topic, request), correlation(topic, request));
            count("requested");
            pending.put(made.correlation, made);
            made.alarm = schedule(timeLeft(made, timeout), () -> timeOut(made, timeout));
            told.add(hasResponder(topic) ? lineUp(made) : noResponder(made));
            return made;
        });
        told.forEach(Runnable::run);
        return sent;
    }

    /** By what the reply finds its request. */
    protected Object correlation(String topic, Message request) {
        return ++line().numbers;
    }

    /** What the responder sees. */
    protected Message asSeen(String topic, Message request) {
        return request.toBuilder().topic(topic).build();
    }

    /** How long a request that is made now may wait. */
    protected Duration timeLeft(PlainRequest sent, Duration timeout) {
        return timeout;
    }

    /** Whether the request has not ended. */
    protected final boolean isPending(PlainRequest request) {
        return pending.get(request.correlation) == request;
    }

    /** Whether anybody responds to the topic. */
    protected boolean hasResponder(String topic) {
        return line().responders.stream().anyMatch(it -> it.topic().equals(topic));
    }

    /** Puts the request in line; what it returns is run without the lock. */
    protected Runnable lineUp(PlainRequest sent) {
        line().waiting(sent.topic).add(sent);
        line().changed.signalAll();
        return () -> {};
    }

    /** Nobody responds to the topic; what it returns is run without the lock. */
    protected Runnable noResponder(PlainRequest sent) {
        NoResponderException told = new NoResponderException("Nobody responds to '" + sent.topic + "'");
        return end(sent, "abandoned", () -> sent.future.completeExceptionally(told));
    }

    /** A request's time is up. Called without the lock. */
    protected void timeOut(PlainRequest sent, Duration timeout) {
        OperationTimeoutException told =
                new OperationTimeoutException("No reply to a request to '" + sent.topic + "' within " + timeout);
        Runnable completion = locked(() -> {
            line().waiting(sent.topic).remove(sent);
            return end(sent, "timedOut", () -> sent.future.completeExceptionally(told));
        });
        completion.run();
    }

    /** Counts a request as ended, unless it has; what it returns is run without the lock. */
    protected Runnable end(PlainRequest sent, String how, Runnable completion) {
        if (!isPending(sent)) {
            return () -> {};
        }
        pending.remove(sent.correlation);
        count(how);
        if (sent.alarm != null) {
            sent.alarm.cancel();
        }
        return completion;
    }

    /** Counts something. */
    protected void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Refuses calls to an instance that cannot serve them. */
    protected void requireUsable(Duration patience) {
        if (closed) {
            throw new ClosedException("Request/reply '" + name() + "' is closed: open a new one");
        }
    }

    // ---- answering

    @Override
    public Responder respond(String topic, RequestHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        PlainResponder responder = locked(() -> {
            requireUsable(config().timeout());
            PlainResponder made = newResponder(topic, handler);
            line().responders.add(made);
            responders.add(made);
            return made;
        });
        responder.start();
        return responder;
    }

    /** A responder, not yet started. */
    protected PlainResponder newResponder(String topic, RequestHandler handler) {
        return new PlainResponder(this, topic, handler);
    }

    /** Handles a request and answers it. Called without the lock, on the responder's thread. */
    protected void answer(PlainRequest request, RequestHandler handler) {
        try {
            Message reply = Objects.requireNonNull(handler.handle(request.message), "the handler returned null");
            checkSize(reply);
            reply(request, asReturned(reply));
        } catch (Throwable thrown) {
            fail(request, thrown);
        }
    }

    /** What the requester sees. Called without the lock. */
    protected Message asReturned(Message reply) {
        return reply;
    }

    /** Sends a reply. Called without the lock. */
    protected void reply(PlainRequest request, Message reply) {
        request.owner.receive(request.correlation, reply);
    }

    /** A reply has come. Called without the lock. */
    public void receive(Object correlation, Message reply) {
        Runnable completion = locked(() -> {
            PlainRequest waiting = pending.get(correlation);
            return waiting == null ? () -> {} : end(waiting, "answered", () -> waiting.future.complete(reply));
        });
        completion.run();
    }

    /** Sends a failure. Called without the lock. */
    protected void fail(PlainRequest request, Throwable thrown) {
        request.owner.receiveFailure(
                request.correlation, new ResponderFailedException(request.topic, failureOf(thrown)));
    }

    /** What is told of a failure. */
    protected Failure failureOf(Throwable thrown) {
        return Failure.of(thrown);
    }

    /** A failure has come. Called without the lock. */
    public void receiveFailure(Object correlation, RuntimeException failure) {
        Runnable completion = locked(() -> {
            PlainRequest waiting = pending.get(correlation);
            return waiting == null
                    ? () -> {}
                    : end(waiting, "failed", () -> waiting.future.completeExceptionally(failure));
        });
        completion.run();
    }

    /** Lets a responder go; what it returns is run without the lock. */
    protected Runnable remove(PlainResponder responder) {
        line().responders.remove(responder);
        if (hasResponder(responder.topic())) {
            return () -> {};
        }
        List<PlainRequest> orphans = List.copyOf(line().waiting(responder.topic()));
        line().waiting.remove(responder.topic());
        List<Runnable> told =
                orphans.stream().map(it -> it.owner.noResponder(it)).toList();
        return () -> told.forEach(Runnable::run);
    }

    // ---- the rest

    @Override
    public RequestReplyMetrics metrics() {
        return locked(() -> new RequestReplyMetrics(
                counts.getOrDefault("requested", 0L),
                counts.getOrDefault("answered", 0L),
                counts.getOrDefault("failed", 0L),
                counts.getOrDefault("timedOut", 0L),
                counts.getOrDefault("abandoned", 0L),
                pending.size(),
                own().size()));
    }

    /** All responders that this instance ever had, those that have left included: their handlers may run still. */
    private final List<PlainResponder> responders = new ArrayList<>();

    /** The responders of this instance. */
    protected final List<PlainResponder> own() {
        return line().responders.stream().filter(it -> it.owner == this).toList();
    }

    @Override
    public void close() {
        List<PlainResponder> leaving = new ArrayList<>();
        Runnable told = locked(() -> {
            closed = true;
            line().instances.remove(this);
            leaving.addAll(responders);
            return tellAll();
        });
        told.run();
        leaving.forEach(PlainResponder::beginClosing);
        if (leaving.stream().anyMatch(it -> it.thread() == Thread.currentThread())) {
            // Whoever waits cannot be waited for: the timer's thread ends with its last alarm.
            if (time() instanceof SystemTimeSource own) {
                own.shutdown();
            }
            return;
        }
        leaving.forEach(PlainResponder::awaitEnd);
        if (time() instanceof SystemTimeSource own) {
            own.close();
        }
    }

    /** Ends all that is pending; what it returns is run without the lock. */
    protected Runnable tellAll() {
        ClosedException told = new ClosedException("Request/reply '" + name() + "' was closed");
        List<Runnable> completions = List.copyOf(pending.values()).stream()
                .map(it -> end(it, "abandoned", () -> it.future.completeExceptionally(told)))
                .toList();
        return () -> completions.forEach(Runnable::run);
    }
}
