package org.brokertck.rabbitmq;

import java.net.URI;
import java.util.Optional;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.TargetFactory;

/** Offers an existing RabbitMQ server under the name {@code rabbitmq}; by default the one on this machine. */
public final class RabbitMqTargetFactory implements TargetFactory {
    private static final URI DEFAULT = URI.create("amqp://guest:guest@localhost:5672");

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public ConformanceTarget create(Optional<URI> uri) {
        RabbitMqTarget target = new RabbitMqTarget(uri.orElse(DEFAULT));
        // A server that is not there shall be told here and not by every rule.
        target.broker().serverVersion();
        return target;
    }
}
