package org.brokertck.rabbitmq.requestreply;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.brokertck.adapter.requestreply.Replies;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.rabbitmq.connection.Closing;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.MessageSizes;

/** Request/reply on a RabbitMQ server. */
public final class RabbitMqRequestReply implements RequestReply {
    private final RequestReplyConfig config;
    private final RequestParts parts;
    private final Replies<PendingRequest> replies;
    private final Set<RabbitMqResponder> responders = ConcurrentHashMap.newKeySet();
    private final Closing closing;

    private RabbitMqRequestReply(
            Connector connector,
            RequestQueues queues,
            RequestReplyConfig config,
            Consumer<? super RabbitMqRequestReply> onClosed) {
        this.config = config;
        this.parts = new RequestParts(connector, queues);
        this.replies = new Replies<>(parts.book());
        this.closing = new Closing(parts.threads(), describe(), () -> end(onClosed));
    }

    /**
     * Opens an instance. It makes nothing on the server until somebody responds.
     *
     * @param onClosed is told of this instance when it is closed
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    public static RabbitMqRequestReply open(
            Connector connector,
            String name,
            RequestReplyConfig config,
            Consumer<? super RabbitMqRequestReply> onClosed) {
        RequestQueues queues = new RequestQueues(name);
        Objects.requireNonNull(config, "config");
        RabbitMqRequestReply instance = new RabbitMqRequestReply(connector, queues, config, onClosed);
        boolean opened = false;
        try {
            instance.parts.awaitServer(Deadline.in(config.timeout()));
            opened = true;
            return instance;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while opening " + instance.describe(), e);
        } finally {
            if (!opened) {
                instance.close();
            }
        }
    }

    @Override
    public String name() {
        return parts.queues().name();
    }

    @Override
    public Message request(String topic, Message request, Duration timeout) {
        return replies.await(send(topic, request, timeout));
    }

    @Override
    public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
        return replies.future(send(topic, request, timeout));
    }

    private PendingRequest send(String topic, Message request, Duration timeout) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(request, "request");
        RequestReply.requireTimeout(timeout);
        Message sent = request.toBuilder().topic(topic).build();
        MessageSizes.require(sent);
        return parts.requester().send(sent, timeout);
    }

    @Override
    public Responder respond(String topic, RequestHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        RabbitMqResponder responder = new RabbitMqResponder(
                topic,
                parts.queues().of(topic),
                handler,
                config.drainTimeout(),
                parts.responding(),
                parts.threads(),
                responders::remove);
        responders.add(responder);
        if (closing.begun()) {
            // The closing may have looked through the responders just before.
            responders.remove(responder);
            throw parts.book().closed();
        }
        start(responder);
        return responder;
    }

    /** Waits until the server knows the responder: what is unreachable shall be told now. */
    private void start(RabbitMqResponder responder) {
        try {
            responder.start().get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            responder.stop();
            throw parts.responding().isOpen()
                    ? new OperationTimeoutException("The server did not answer within " + config.timeout()
                            + " to a responder to '" + responder.topic() + "': it was taken back")
                    : parts.responding().unavailable();
        } catch (ExecutionException e) {
            throw parts.book().closed();
        } catch (InterruptedException e) {
            responder.stop();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while beginning to respond to '" + responder.topic() + "': nobody does", e);
        }
    }

    @Override
    public RequestReplyMetrics metrics() {
        long living = responders.stream().filter(it -> !it.isLeaving()).count();
        return parts.book().metrics(Math.toIntExact(living));
    }

    @Override
    public void close() {
        if (responders.stream().anyMatch(it -> it.loop().runsOn(Thread.currentThread()))) {
            closing.begin();
        } else {
            closing.close();
        }
    }

    private void end(Consumer<? super RabbitMqRequestReply> onClosed) {
        try {
            parts.book().close();
            responders.forEach(RabbitMqResponder::stop);
            parts.close(responders.stream().map(RabbitMqResponder::loop).toList(), config.drainTimeout());
        } finally {
            onClosed.accept(this);
        }
    }

    private void requireOpen() {
        if (closing.begun()) {
            throw parts.book().closed();
        }
    }

    private String describe() {
        return "request/reply '" + name() + "'";
    }
}
