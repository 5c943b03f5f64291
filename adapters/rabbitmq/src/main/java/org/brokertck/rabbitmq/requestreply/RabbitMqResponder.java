package org.brokertck.rabbitmq.requestreply;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.rabbitmq.connection.Acknowledgements;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.brokertck.rabbitmq.consuming.ConsumerLoop;
import org.brokertck.rabbitmq.consuming.ConsumerSession;
import org.brokertck.rabbitmq.consuming.Delivery;
import org.brokertck.rabbitmq.consuming.Handling;
import org.jspecify.annotations.Nullable;

/** One responder: a consumer that sends back what its handler returns, or how it failed. */
final class RabbitMqResponder implements Responder {
    private final String topic;
    private final RequestHandler handler;
    private final Duration drainTimeout;
    private final ConsumerLoop loop;

    /** @param onEnd is told when its thread has ended */
    RabbitMqResponder(
            String topic,
            String queue,
            RequestHandler handler,
            Duration drainTimeout,
            Link link,
            InstanceThreads threads,
            Consumer<RabbitMqResponder> onEnd) {
        this.topic = topic;
        this.handler = handler;
        this.drainTimeout = drainTimeout;
        this.loop = new ConsumerLoop(
                "a responder to '" + topic + "'",
                link,
                threads,
                new RequestSource(queue),
                new Acknowledgements(),
                this::begin,
                () -> onEnd.accept(this));
    }

    @Override
    public String topic() {
        return topic;
    }

    ConsumerLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.stopTaking();
        loop.close(drainTimeout);
    }

    private Handling.Task begin(Delivery delivery) {
        return new Answering(delivery);
    }

    /** One request. */
    private final class Answering implements Handling.Task {
        private final Delivery request;
        private @Nullable Message reply;

        Answering(Delivery request) {
            this.request = request;
        }

        @Override
        public void run() throws Exception {
            Message given = Objects.requireNonNull(
                    handler.handle(MessageCodec.decode(request.properties(), request.body())),
                    "The handler returned null, which is no reply");
            MessageSizes.require(given);
            reply = given;
        }

        @Override
        public void settle(ConsumerSession session, @Nullable Throwable failure) throws IOException {
            String address = request.properties().getReplyTo();
            if (address != null) {
                session.send(address, answer(failure));
            }
            // On the same channel, so that the server has the answer before it forgets the request.
            session.acknowledge(request);
        }

        /** A request that was interrupted is not asked of another one: it was handled, if badly. */
        @Override
        public void endedLate(ConsumerSession session, @Nullable Throwable failure) throws IOException {
            settle(session, failure);
        }

        private EncodedMessage answer(@Nullable Throwable failure) {
            String number = request.properties().getCorrelationId();
            Message given = reply;
            return given == null || failure != null
                    ? RequestCodec.failure(
                            Failure.of(failure == null ? new IllegalStateException("no reply") : failure), number)
                    : RequestCodec.reply(given, number);
        }
    }
}
