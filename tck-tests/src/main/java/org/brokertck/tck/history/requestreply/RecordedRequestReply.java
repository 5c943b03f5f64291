package org.brokertck.tck.history.requestreply;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.Responder;

/** An instance of request/reply whose calls are recorded. It adds nothing and hides nothing: what is thrown is thrown on. */
public final class RecordedRequestReply {
    private final RequestReply instance;
    private final RequestJournal journal;

    /**
     * @param instance the instance under test
     * @param journal where its calls go
     */
    public RecordedRequestReply(RequestReply instance, RequestJournal journal) {
        this.instance = instance;
        this.journal = journal;
    }

    /** The instance itself, for calls that need no record. */
    public RequestReply unrecorded() {
        return instance;
    }

    /** Where its calls go. */
    public RequestJournal journal() {
        return journal;
    }

    /** Asks and waits, on behalf of a requester. */
    public Message request(String requester, String topic, Message request, Duration timeout) {
        Object key = new Object();
        RequestCall begun = RequestCall.begun(requester, topic, request, timeout);
        journal.record(key, begun);
        try {
            Message reply = instance.request(topic, request, timeout);
            journal.record(key, begun.replied(reply));
            return reply;
        } catch (Throwable thrown) {
            journal.record(key, begun.threw(thrown));
            throw thrown;
        }
    }

    /** Asks without waiting, on behalf of a requester. */
    public CompletableFuture<Message> requestAsync(String requester, String topic, Message request, Duration timeout) {
        Object key = new Object();
        RequestCall begun = RequestCall.begun(requester, topic, request, timeout);
        journal.record(key, begun);
        CompletableFuture<Message> future;
        try {
            future = instance.requestAsync(topic, request, timeout);
        } catch (Throwable thrown) {
            journal.record(key, begun.threw(thrown));
            throw thrown;
        }
        journal.record(
                future,
                future.whenComplete((reply, thrown) ->
                        journal.record(key, thrown == null ? begun.replied(reply) : begun.threw(cause(thrown)))));
        return future;
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }

    /** Responds, with a handler that is recorded. */
    public Responder respond(String topic, RequestHandler handler) {
        String name = journal.nextResponder();
        return instance.respond(topic, request -> handled(name, topic, request, handler));
    }

    private Message handled(String responder, String topic, Message request, RequestHandler handler) throws Exception {
        Object key = new Object();
        long invoked = System.nanoTime();
        journal.record(
                key,
                new Handling(responder, topic, request, invoked, Long.MAX_VALUE, Optional.empty(), Optional.empty()));
        Optional<Message> reply = Optional.empty();
        Optional<Failure> failure = Optional.empty();
        try {
            Message returned = handler.handle(request);
            reply = Optional.ofNullable(returned);
            return returned;
        } catch (Throwable thrown) {
            failure = Optional.of(Failure.of(thrown));
            throw thrown;
        } finally {
            journal.record(key, new Handling(responder, topic, request, invoked, System.nanoTime(), reply, failure));
        }
    }
}
