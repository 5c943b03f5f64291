package org.brokertck.rabbitmq.requestreply;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.brokertck.adapter.requestreply.Replies;
import org.brokertck.api.BrokerUnavailableException;
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
        instance.closing.unlessOpened(() -> instance.parts.awaitServer(Deadline.in(config.timeout())));
        return instance;
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
        closing.requireOpen();
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
            throw closing.closed();
        }
        responder.loop().startWithin(config.timeout(), closing::closed);
        return responder;
    }

    @Override
    public RequestReplyMetrics metrics() {
        long living = responders.stream().filter(it -> !it.loop().isStopping()).count();
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
            parts.close(responders.stream().map(RabbitMqResponder::loop).toList(), config.drainTimeout());
        } finally {
            onClosed.accept(this);
        }
    }

    private String describe() {
        return "request/reply '" + name() + "'";
    }
}
