package org.brokertck.rabbitmq.requestreply;

import com.rabbitmq.client.Delivery;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.brokertck.rabbitmq.connection.Publisher;

/** The asking side: sends requests, and ends them by what comes back first. */
final class Requester {
    private final RequestQueues queues;
    private final Link link;
    private final RequestBook<PendingRequest> book;
    private final Lookout lookout;
    private final Publisher publisher;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicLong numbers = new AtomicLong();

    Requester(
            RequestQueues queues,
            Link link,
            RequestBook<PendingRequest> book,
            Lookout lookout,
            InstanceThreads threads) {
        this.queues = queues;
        this.link = link;
        this.book = book;
        this.lookout = lookout;
        this.publisher = new Publisher(link, queues.name(), new ReplyIntake(this::replied), new Ledger(), threads);
        this.timer = new ScheduledThreadPoolExecutor(1, threads.factory("timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request.
     *
     * @param request with its topic
     * @throws org.brokertck.api.ClosedException when the instance is closed
     */
    PendingRequest send(Message request, Duration timeout) {
        String topic = request.topic();
        long number = numbers.incrementAndGet();
        Publication publication = new Publication(queues.of(topic), RequestCodec.request(request, number, timeout));
        PendingRequest pending = new PendingRequest(topic, number, timeout, publication);
        book.enter(pending, () -> timer.schedule(() -> timeIsUp(pending), timeout.toNanos(), TimeUnit.NANOSECONDS));
        publisher.submit(publication);
        CompletableFuture<Void> unused = publication.outcome().thenAccept(outcome -> sent(pending, outcome));
        return pending;
    }

    /** Ends the threads. The book must have been closed before. */
    void stop() {
        publisher.stop();
        timer.shutdownNow();
    }

    private void sent(PendingRequest pending, Outcome outcome) {
        switch (outcome) {
            case CONFIRMED -> lookout.watch(pending);
            case UNROUTABLE -> book.unanswerable(pending);
            case REFUSED ->
                book.fail(
                        pending,
                        new BrokerUnavailableException("The request to '" + pending.topic()
                                + "' was not sent: the server refused it. Look into the server's log, and ask again"));
            // Closed: the book knows. Unknown: the request may be on its way, and its time will tell.
            case CLOSED, UNKNOWN -> {}
        }
    }

    private void timeIsUp(PendingRequest pending) {
        boolean neverSent = pending.publication().withdraw();
        if (neverSent && !link.isOpen()) {
            book.fail(pending, publisher.unavailable());
        } else {
            book.timedOut(pending);
        }
    }

    private void replied(Delivery reply) {
        PendingRequest pending = book.find(RequestCodec.number(reply.getProperties()));
        if (pending == null) {
            return; // Too late, or not wanted any more.
        }
        Failure failure = RequestCodec.failure(reply.getProperties());
        if (failure == null) {
            book.answer(pending, MessageCodec.decode(reply.getProperties(), reply.getBody()));
        } else {
            book.fail(pending, new ResponderFailedException(pending.topic(), failure));
        }
    }
}
