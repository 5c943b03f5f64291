package org.brokertck.tck.history.requestreply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;

/** Takes down what happens, from many threads; several instances that reach each other share one. */
public final class RequestJournal {
    private final Map<Object, RequestCall> requests = new ConcurrentHashMap<>();
    private final Map<Object, Handling> handlings = new ConcurrentHashMap<>();
    /** By a future that was handed out, the one that ends when its end is written down. */
    private final Map<CompletableFuture<Message>, CompletableFuture<Message>> written = new ConcurrentHashMap<>();

    private final AtomicInteger responders = new AtomicInteger();

    /** A new name for a responder. */
    String nextResponder() {
        return "responder-" + responders.incrementAndGet();
    }

    void record(Object key, RequestCall call) {
        requests.put(key, call);
    }

    void record(CompletableFuture<Message> future, CompletableFuture<Message> whenWritten) {
        written.put(future, whenWritten);
    }

    void record(Object key, Handling handling) {
        handlings.put(key, handling);
    }

    /** How many calls of handlers have begun. */
    public int handled() {
        return handlings.size();
    }

    /** What happened so far, the end of every future included that has ended by now. */
    public RequestReplyHistory history() {
        written.forEach((future, whenWritten) -> {
            if (future.isDone()) {
                await(whenWritten);
            }
        });
        return new RequestReplyHistory(List.copyOf(requests.values()), List.copyOf(handlings.values()));
    }

    /** Whoever waits for a future may go on before the thread that ended it has written that down. */
    private static void await(CompletableFuture<Message> whenWritten) {
        CompletableFuture<Boolean> end = whenWritten.handle((reply, failure) -> true);
        boolean unused = end.completeOnTimeout(false, 1, TimeUnit.SECONDS).join();
    }
}
