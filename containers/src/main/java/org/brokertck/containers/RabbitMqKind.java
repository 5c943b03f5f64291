package org.brokertck.containers;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.rabbitmq.RabbitMqTarget;

/** RabbitMQ. Its settings come from the environment. */
final class RabbitMqKind implements BrokerKind {
    private static final int PROBE_MILLIS = 5_000;

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public String defaultImage() {
        return "rabbitmq:4.1";
    }

    @Override
    public int port() {
        return 5672;
    }

    /** Its database of definitions is written every two seconds. */
    @Override
    public Duration settlingTime() {
        return Duration.ofMillis(2_500);
    }

    @Override
    public List<String> defaultArguments() {
        return List.of();
    }

    @Override
    public Credentials newCredentials() {
        return Credentials.random("tck");
    }

    @Override
    public List<String> command(List<String> arguments, Credentials credentials) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException("rabbitmq takes no arguments: set environment variables instead");
        }
        return List.of();
    }

    @Override
    public Map<String, String> environment(Credentials credentials) {
        return Map.of(
                "RABBITMQ_DEFAULT_USER", credentials.user(),
                "RABBITMQ_DEFAULT_PASS", credentials.password());
    }

    @Override
    public URI uri(InetSocketAddress address, Credentials credentials) {
        return URI.create("amqp://%s:%s@%s:%d"
                .formatted(credentials.user(), credentials.password(), address.getHostString(), address.getPort()));
    }

    @Override
    public void probe(InetSocketAddress address, Credentials credentials) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.getHostString());
        factory.setPort(address.getPort());
        factory.setUsername(credentials.user());
        factory.setPassword(credentials.password());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(PROBE_MILLIS);
        factory.setHandshakeTimeout(PROBE_MILLIS);
        factory.setChannelRpcTimeout(PROBE_MILLIS);
        // An open channel means that the virtual host is there, which a listening port alone does not.
        try (Connection connection = factory.newConnection("readiness probe");
                Channel channel = connection.createChannel()) {
            channel.basicQos(1);
        }
    }

    @Override
    public ConformanceTarget target(URI uri, BrokerControl control) {
        return new RabbitMqTarget(uri, control);
    }
}
