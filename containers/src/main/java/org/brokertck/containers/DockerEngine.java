package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.TestcontainersConfiguration;

/** The container engine of this machine, as Testcontainers finds it. It is looked for once; the answer stays. */
public final class DockerEngine {
    private static final Duration SEARCH_LIMIT = Duration.ofSeconds(10);
    private static final Duration PREPARATION_LIMIT = Duration.ofSeconds(30);
    /** As in the Testcontainers that we use. */
    private static final String CLEANER_IMAGE = "testcontainers/ryuk:0.14.0";

    private static final String CLEANER_SWITCH = "TESTCONTAINERS_RYUK_DISABLED";
    private static final String ADVICE = "Start one, or name it with the environment variable DOCKER_HOST.";

    private DockerEngine() {}

    /** Whether an engine answers. The first call may take some seconds, at most ten; the others take no time. */
    public static boolean isAvailable() {
        return unavailableBecause().isEmpty();
    }

    /** Why no container can be started, with what to do; empty when one can. As fast as {@link #isAvailable()}. */
    public static Optional<String> unavailableBecause() {
        return Answer.PROBLEM;
    }

    /**
     * The client that Testcontainers uses.
     *
     * @throws IllegalStateException when there is no engine, or Testcontainers cannot work with it
     */
    static DockerClient client() {
        unavailableBecause().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        if (hasCleaner()) {
            // Testcontainers itself would try to pull it for two minutes.
            Images.require(
                    plainClient(),
                    CLEANER_IMAGE,
                    "It removes containers if this program is killed. To do without it, set the environment variable "
                            + CLEANER_SWITCH + "=true");
        }
        try {
            return Threads.call(
                    PREPARATION_LIMIT, () -> DockerClientFactory.instance().client());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Testcontainers could not prepare the Docker engine: " + summary(e), e);
        }
    }

    /** Whether Testcontainers runs a container of its own that removes the others when the virtual machine was killed. */
    static boolean hasCleaner() {
        return !Boolean.parseBoolean(System.getenv(CLEANER_SWITCH));
    }

    /** A client that does without Testcontainers' own containers. */
    private static DockerClient plainClient() {
        return DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
    }

    private static Optional<String> search() {
        URI endpoint;
        try {
            endpoint = URI.create(TestcontainersConfiguration.getInstance()
                    .getEnvVarOrUserProperty("docker.host", EngineEndpoint.DEFAULT));
        } catch (IllegalArgumentException e) {
            return Optional.of("DOCKER_HOST is not a URI. " + ADVICE);
        }
        // Testcontainers would knock for ten seconds where nobody listens, and log each failure.
        Optional<String> refusal = EngineEndpoint.refusal(endpoint);
        if (refusal.isPresent()) {
            return refusal.map(reason -> "No Docker engine answers: " + reason + ". " + ADVICE);
        }
        try {
            // Unlike asking for a client, this starts no container of Testcontainers' own.
            Threads.call(SEARCH_LIMIT, () -> DockerClientFactory.instance().getInfo());
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("No Docker engine answers: " + summary(e) + ". " + ADVICE);
        }
    }

    private static String summary(Exception e) {
        if (e instanceof TimeoutException) {
            return String.valueOf(e.getMessage());
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.lines().findFirst().orElse("").strip();
    }

    /** Loaded at the first question. */
    private static final class Answer {
        static final Optional<String> PROBLEM = search();
    }
}
