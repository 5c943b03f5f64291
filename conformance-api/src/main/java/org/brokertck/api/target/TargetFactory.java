package org.brokertck.api.target;

import java.net.URI;
import java.util.Optional;

/**
 * Makes a target by name, so that a command line can offer it. Found by {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/org.brokertck.api.target.TargetFactory}.
 */
public interface TargetFactory {
    /** The name that selects this factory, such as {@code rabbitmq}. */
    String name();

    /**
     * Makes the target.
     *
     * @param uri the server, with credentials where it asks for them; empty for the factory's default
     * @throws IllegalArgumentException when the URI is of no use to this factory
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached
     */
    ConformanceTarget create(Optional<URI> uri);
}
