package org.brokertck.containers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits until the server in a container serves, by using it as a client would: a line in its log promises less. */
final class Readiness {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DockerContainer container;
    private final BrokerKind kind;
    private final Credentials credentials;

    Readiness(DockerContainer container, BrokerKind kind, Credentials credentials) {
        this.container = container;
        this.kind = kind;
        this.credentials = credentials;
    }

    /**
     * Waits for a running container's server.
     *
     * @return where it serves
     * @throws IllegalStateException when it ends, or does not serve in time; with the end of its log
     */
    InetSocketAddress await() {
        Attempt attempt = new Attempt();
        boolean ended = Threads.poll(LIMIT, attempt::succeedsOrIsHopeless);
        InetSocketAddress serving = attempt.serving;
        if (serving != null) {
            return serving;
        }
        String finding = ended ? "ended instead of serving" : "did not serve within " + LIMIT.toSeconds() + " s";
        throw new IllegalStateException("%s in container %s %s (%s). The end of its log:%n%s"
                .formatted(kind.name(), container, finding, attempt.lastFailure, container.lastWords()));
    }

    private final class Attempt {
        private @Nullable InetSocketAddress serving;
        private String lastFailure = "no port was mapped";

        boolean succeedsOrIsHopeless() {
            Optional<InetSocketAddress> address = container.address();
            if (address.isPresent() && serves(address.get())) {
                return true;
            }
            return !container.isRunning();
        }

        private boolean serves(InetSocketAddress address) {
            try {
                kind.probe(address, credentials);
                serving = address;
                return true;
            } catch (Exception e) {
                // Any failure means: not yet.
                lastFailure = credentials.redact(e.toString());
                return false;
            }
        }
    }
}
