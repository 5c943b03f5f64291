package org.brokertck.containers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.redis.RedisTarget;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

/** Redis. Its settings come from the command line. */
final class RedisKind implements BrokerKind {
    private static final int PROBE_MILLIS = 5_000;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String defaultImage() {
        return "redis:8";
    }

    @Override
    public int port() {
        return 6379;
    }

    /** Whatever it confirms it has written, with the default arguments. */
    @Override
    public Duration settlingTime() {
        return Duration.ZERO;
    }

    @Override
    public List<String> defaultArguments() {
        // The append-only file alone is synced once a second, which loses what was confirmed since.
        return List.of("--appendonly", "yes", "--appendfsync", "always");
    }

    @Override
    public Credentials newCredentials() {
        return Credentials.random("default");
    }

    @Override
    public List<String> command(List<String> arguments, Credentials credentials) {
        List<String> command = new ArrayList<>();
        command.add("redis-server");
        command.addAll(arguments);
        command.add("--requirepass");
        command.add(credentials.password());
        return command;
    }

    @Override
    public Map<String, String> environment(Credentials credentials) {
        return Map.of();
    }

    @Override
    public URI uri(InetSocketAddress address, Credentials credentials) {
        return URI.create(
                "redis://:%s@%s:%d".formatted(credentials.password(), address.getHostString(), address.getPort()));
    }

    @Override
    public void probe(InetSocketAddress address, Credentials credentials) {
        JedisClientConfig config = DefaultJedisClientConfig.builder()
                .password(credentials.password())
                .timeoutMillis(PROBE_MILLIS)
                // Otherwise the client logs a warning with each connection.
                .autoNegotiateProtocol(false)
                .build();
        try (Jedis jedis = new Jedis(address.getHostString(), address.getPort(), config)) {
            // Refused while the server still reads its data.
            jedis.ping();
        }
    }

    @Override
    public ConformanceTarget target(URI uri, BrokerControl control) {
        return new RedisTarget(uri, control);
    }
}
