package org.brokertck.benchmarks.peers;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;
import org.brokertck.performance.load.Window;

/** RabbitMQ over loopback: a classic queue, persistent messages, publisher confirms that are not waited for one by one, manual acks. */
public final class RabbitMqPeer implements Candidate<Keyed> {
    private static final int PREFETCH = 1000;
    private static final int UNDER_WAY = 1 << 13;

    private final String uri;

    /** @param uri {@code amqp://user:password@host:port} */
    public RabbitMqPeer(String uri) {
        this.uri = uri;
    }

    @Override
    public String name() {
        return "RabbitMQ";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        Connection connection = factory.newConnection("bench");
        String queue = "bench-" + UUID.randomUUID();
        Channel channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, null);
        channel.basicQos(PREFETCH);
        channel.basicConsume(
                queue,
                false,
                (tag, delivery) -> {
                    sink.accept(Stamp.of(delivery.getBody()));
                    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                },
                tag -> {});
        Window window = new Window(UNDER_WAY, sink);
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() throws IOException {
                return new Windowed(window.permits(), new Publisher(connection.createChannel(), queue));
            }

            @Override
            public void close() throws IOException {
                channel.queueDelete(queue);
                connection.close();
            }
        };
    }

    /** Publishes with confirms, which the flush waits for. */
    private record Publisher(Channel channel, String queue) implements Sender<Keyed> {
        private Publisher {
            try {
                channel.confirmSelect();
            } catch (IOException e) {
                throw new IllegalStateException("Confirms cannot be switched on", e);
            }
        }

        @Override
        public void send(Keyed item) throws IOException {
            channel.basicPublish("", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, item.payload());
        }

        @Override
        public void flush() throws Exception {
            channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(30));
        }
    }
}
