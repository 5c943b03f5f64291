package org.brokertck.redis;

import java.net.URI;
import java.util.Optional;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.TargetFactory;

/** Makes targets by the name {@code redis}; without a URI for the server on this machine at its usual port. */
public final class RedisTargetFactory implements TargetFactory {
    private static final URI DEFAULT = URI.create("redis://localhost:6379");

    /** For the service loader. */
    public RedisTargetFactory() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public ConformanceTarget create(Optional<URI> uri) {
        RedisTarget target = new RedisTarget(uri.orElse(DEFAULT));
        target.requireReachable();
        return target;
    }
}
