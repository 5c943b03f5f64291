package org.brokertck.rabbitmq.requestreply;

import java.time.Duration;
import java.util.Collection;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Farewell;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.consuming.ConsumerLoop;
import org.brokertck.rabbitmq.consuming.Drain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one open instance consists of. It holds two connections, one that asks and one that responds: large requests on
 * their way shall hold up no reply.
 */
final class RequestParts {
    private static final Logger LOG = LoggerFactory.getLogger(RequestParts.class);

    private final RequestQueues queues;
    private final InstanceThreads threads;
    private final RequestBook<PendingRequest> book;
    private final Link asking;
    private final Link responding;
    private final Lookout lookout;
    private final Requester requester;

    RequestParts(Connector connector, RequestQueues queues) {
        this.queues = queues;
        this.threads = new InstanceThreads(queues.name());
        this.book = new RequestBook<>(queues.name());
        this.asking = new Link(connector, threads, "asking");
        this.responding = new Link(connector, threads, "responding");
        this.lookout = new Lookout(queues, responding, book, threads);
        this.requester = new Requester(queues, asking, book, lookout, threads);
    }

    RequestQueues queues() {
        return queues;
    }

    InstanceThreads threads() {
        return threads;
    }

    RequestBook<PendingRequest> book() {
        return book;
    }

    Link responding() {
        return responding;
    }

    Requester requester() {
        return requester;
    }

    /** @throws org.brokertck.api.BrokerUnavailableException when the first attempt to connect fails, or the time runs out */
    void awaitServer(Deadline deadline) throws InterruptedException {
        asking.awaitFirstAttempt(deadline);
    }

    /** Ends responders, connections and threads. The book must have been closed before. */
    void close(Collection<ConsumerLoop> responders, Duration drainTimeout) {
        try {
            Drain.end(responders, drainTimeout);
        } catch (InterruptedException insists) {
            LOG.debug("'{}' was closed without waiting for its last handler", queues.name());
        }
        requester.stop();
        lookout.stop();
        Farewell.take("request/reply '" + queues.name() + "'", threads, asking, responding);
    }
}
