package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container with what Testcontainers has no words for: to kill, pause and start it again. */
final class DockerContainer implements AutoCloseable {
    private static final int LOG_LINES = 20;
    private static final Duration FREEZING = Duration.ofSeconds(30);
    /** What the engine answers when processes did not let themselves be frozen. */
    private static final String NOT_FROZEN = "unable to freeze";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private final DockerClient client;
    private final GenericContainer<?> container;
    private final ExposedPort port;
    private final Credentials credentials;

    /** Describes the container; {@link #launch()} makes it. */
    DockerContainer(DockerClient client, ContainerSpec spec, BrokerKind kind, Credentials credentials) {
        this.client = client;
        this.port = ExposedPort.tcp(kind.port());
        this.credentials = credentials;
        this.container = new GenericContainer<>(DockerImageName.parse(spec.image()))
                .withEnv(spec.environment())
                .withEnv(kind.environment(credentials))
                // Its absence was seen to before, and a registry is not asked for what is here.
                .withImagePullPolicy(image -> false)
                .waitingFor(new NoWait())
                .withStartupCheckStrategy(new NoWait.ForProcess())
                .withCreateContainerCmdModifier(command -> {
                    // RabbitMQ files its data under the host's name.
                    command.withHostName("broker");
                    command.withExposedPorts(port);
                    PortBinding binding = new PortBinding(Ports.Binding.bindIp(bindAddress()), port);
                    Objects.requireNonNull(command.getHostConfig()).withPortBindings(binding);
                });
        List<String> command = kind.command(spec.arguments(), credentials);
        if (!command.isEmpty()) {
            container.setCommand(command.toArray(String[]::new));
        }
    }

    /**
     * Makes the container and starts its process, without waiting for the server.
     *
     * @throws IllegalStateException when that fails
     */
    void launch() {
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            // Without the exception itself: what is in it besides the engine's answer cannot be redacted.
            throw new IllegalStateException("The container of image %s did not start: %s"
                    .formatted(
                            container.getDockerImageName(),
                            credentials.redact(String.valueOf(root.getMessage()).strip())));
        }
    }

    /** Sends SIGKILL and waits for the process's end. */
    void kill() {
        client.killContainerCmd(id()).withSignal("KILL").exec();
    }

    /** Starts the process again. */
    void start() {
        client.startContainerCmd(id()).exec();
    }

    /**
     * Stops all processes where they are. With control groups of the first version that may fail while processes start others or are in
     * the kernel's hands: the engine then lets them go on, and leaves it to its callers to ask again.
     *
     * @throws IllegalStateException when it fails again and again
     */
    void pause() {
        if (!Threads.poll(FREEZING, this::freezes)) {
            throw new IllegalStateException(
                    "The engine could not freeze container %s within %d s".formatted(this, FREEZING.toSeconds()));
        }
    }

    private boolean freezes() {
        try {
            client.pauseContainerCmd(id()).exec();
            return true;
        } catch (InternalServerErrorException e) {
            if (String.valueOf(e.getMessage()).contains(NOT_FROZEN)) {
                return false;
            }
            throw e;
        }
    }

    void unpause() {
        client.unpauseContainerCmd(id()).exec();
    }

    /** Whether there is a process, be it paused. */
    boolean isRunning() {
        return Boolean.TRUE.equals(inspect().getState().getRunning());
    }

    boolean isPaused() {
        return Boolean.TRUE.equals(inspect().getState().getPaused());
    }

    /** Whether there is no container, or no more. */
    boolean isGone() {
        try {
            return container.getContainerId() == null || inspect().getId() == null;
        } catch (NotFoundException e) {
            return true;
        }
    }

    /** Where the server can be reached now. It changes with each start, and Testcontainers tells only the first. */
    Optional<InetSocketAddress> address() {
        Ports.Binding[] bindings =
                inspect().getNetworkSettings().getPorts().getBindings().get(port);
        if (bindings == null || bindings.length == 0 || bindings[0].getHostPortSpec() == null) {
            return Optional.empty();
        }
        int mapped = Integer.parseInt(bindings[0].getHostPortSpec());
        String host = LOOPBACK.contains(container.getHost()) ? "127.0.0.1" : container.getHost();
        return Optional.of(new InetSocketAddress(host, mapped));
    }

    /** The end of the server's log, without the password. */
    String lastWords() {
        List<String> lines = container.getLogs().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
        return credentials.redact(String.join("\n", last));
    }

    /** The image and the container's short id. */
    @Override
    public String toString() {
        String id = container.getContainerId();
        return container.getDockerImageName() + (id == null ? "" : " " + id.substring(0, 12));
    }

    /** Removes the container and its data. Closing again does nothing. */
    @Override
    public void close() {
        container.stop();
    }

    private InspectContainerResponse inspect() {
        return client.inspectContainerCmd(id()).exec();
    }

    private String id() {
        String id = container.getContainerId();
        if (id == null) {
            throw new IllegalStateException(this + " has no container: it is closed");
        }
        return id;
    }

    /** Nobody else's business where the engine is on this machine; everywhere where it is not. */
    private String bindAddress() {
        return LOOPBACK.contains(container.getHost()) ? "127.0.0.1" : "0.0.0.0";
    }
}
