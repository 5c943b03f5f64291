package org.brokertck.rabbitmq.requestreply;

import com.rabbitmq.client.AMQP.Queue.DeleteOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.api.BrokerException;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether anybody takes from a queue whose requests get no replies. A queue goes with its last responder, but one that a
 * server restored may never have had any. It is deleted then, by a call that the server refuses where there is a responder: what was
 * in it was certainly handled by nobody.
 */
final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    /** When the look comes, after the request was sent; sooner where half of its time is less. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final RequestQueues queues;
    private final Link link;
    private final RequestBook<PendingRequest> book;
    private final ScheduledThreadPoolExecutor thread;

    Lookout(RequestQueues queues, Link link, RequestBook<PendingRequest> book, InstanceThreads threads) {
        this.queues = queues;
        this.link = link;
        this.book = book;
        this.thread = new ScheduledThreadPoolExecutor(1, threads.factory("lookout"));
        thread.setRemoveOnCancelPolicy(true);
    }

    /** The request was put into its queue: has a look at that, unless a reply comes first. */
    void watch(PendingRequest request) {
        if (!request.ended().isDone()) {
            long nanos = Math.min(SOON.toNanos(), Math.max(0, request.deadline().nanosLeft() / 2));
            request.look(thread.schedule(() -> look(request.topic()), nanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Ends the thread. */
    void stop() {
        thread.shutdownNow();
    }

    private void look(String topic) {
        List<PendingRequest> waiting = book.pending().stream()
                .filter(it -> it.topic().equals(topic) && it.inQueue())
                .toList();
        // One look speaks for all that were in the queue before it.
        waiting.forEach(PendingRequest::cancelLook);
        if (!waiting.isEmpty() && isDeserted(queues.of(topic), waiting.size())) {
            waiting.forEach(book::unanswerable);
        }
    }

    /** Whether the queue was there with so many requests and without a responder; it is deleted then. */
    private boolean isDeserted(String queue, int requests) {
        try {
            return isDeserted(link.awaitFirstAttempt(Deadline.in(PATIENCE)), queue, requests);
        } catch (IOException | TimeoutException | BrokerException e) {
            // Most likely it is gone, or somebody has come meanwhile: then the requests' own time tells.
            link.dropIfSilent(e);
            LOG.debug("Queue '{}' could not be looked at", queue, e);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean isDeserted(Connection connection, String queue, int requests)
            throws IOException, TimeoutException {
        Channel channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        try {
            if (channel.queueDeclarePassive(queue).getConsumerCount() > 0) {
                return false;
            }
            DeleteOk deleted = channel.queueDelete(queue, true, false);
            return deleted.getMessageCount() >= requests;
        } finally {
            if (channel.isOpen()) {
                channel.close();
            }
        }
    }
}
