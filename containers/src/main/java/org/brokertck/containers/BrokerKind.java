package org.brokertck.containers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;

/** What one broker's container needs that another's does not. */
interface BrokerKind {
    /** All that can be started, by name. */
    Map<String, BrokerKind> ALL = byName(new RabbitMqKind(), new RedisKind());

    /** @throws IllegalArgumentException when there is no such broker */
    static BrokerKind named(String name) {
        BrokerKind kind = ALL.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "No broker named " + name + " can be started in a container: there are " + ALL.keySet());
        }
        return kind;
    }

    /** The name for users, such as {@code redis}. */
    String name();

    /** The public image that is used unless a setting names another. */
    String defaultImage();

    /** The port inside the container. */
    int port();

    /** How long after it has confirmed a new queue the server writes down that there is one. */
    Duration settlingTime();

    /** The options of a safe server. */
    List<String> defaultArguments();

    /** New credentials for one container. */
    Credentials newCredentials();

    /**
     * The container's command.
     *
     * @return empty for the image's own
     * @throws IllegalArgumentException when this server takes no arguments
     */
    List<String> command(List<String> arguments, Credentials credentials);

    /** The variables through which the image takes its credentials. */
    Map<String, String> environment(Credentials credentials);

    /** The address for the adapter; holds the password. */
    URI uri(InetSocketAddress address, Credentials credentials);

    /**
     * Uses the server once, as a client would.
     *
     * @throws Exception when it does not serve yet
     */
    void probe(InetSocketAddress address, Credentials credentials) throws Exception;

    /** The adapter's target. */
    ConformanceTarget target(URI uri, BrokerControl control);

    private static Map<String, BrokerKind> byName(BrokerKind... kinds) {
        Map<String, BrokerKind> map = new LinkedHashMap<>();
        Stream.of(kinds).forEach(kind -> map.put(kind.name(), kind));
        return Collections.unmodifiableMap(map);
    }
}
