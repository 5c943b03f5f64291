package org.brokertck.adapter.requestreply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;

/**
 * Hands the ends of requests to those who asked. Whoever waits no longer gives the request up.
 *
 * @param <R> the adapter's requests
 */
public final class Replies<R extends PendingReply> {
    private final RequestBook<R> book;

    public Replies(RequestBook<R> book) {
        this.book = book;
    }

    /**
     * Waits for the reply.
     *
     * @throws BrokerException what the request ended with
     * @throws OperationInterruptedException when the thread is interrupted while it waits
     */
    public Message await(R request) {
        try {
            return request.ended().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            OperationInterruptedException interrupted = new OperationInterruptedException(
                    "Interrupted while waiting for a reply to a request to '" + request.topic()
                            + "', which is discarded now",
                    e);
            if (book.giveUp(request, interrupted)) {
                throw interrupted;
            }
            return ended(request);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private Message ended(R request) {
        try {
            return request.ended().join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Exception wrapper) {
        return wrapper.getCause() instanceof BrokerException known ? known : new IllegalStateException(wrapper);
    }

    /** A future of the reply, which its owner may end as they like: that gives the request up. */
    public CompletableFuture<Message> future(R request) {
        CompletableFuture<Message> handedOut = new CompletableFuture<>();
        CompletableFuture<Message> unused = handedOut.whenComplete((reply, failure) -> {
            if (!request.ended().isDone()) {
                boolean unusedToo = book.giveUp(
                        request,
                        new ClosedException("The request to '" + request.topic() + "' was given up by its requester"));
            }
        });
        CompletableFuture<Message> unusedEnd = request.ended().whenComplete((reply, failure) -> {
            if (failure == null) {
                handedOut.complete(reply);
            } else {
                handedOut.completeExceptionally(failure);
            }
        });
        return handedOut;
    }
}
