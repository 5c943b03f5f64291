package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import org.brokertck.api.target.BrokerControl;

/**
 * A broker that runs in a container of its own, behind a proxy that keeps its address the same over kills and starts. It
 * lives until it is closed, at the latest until the virtual machine ends.
 */
public final class BrokerContainer implements AutoCloseable {
    private final BrokerKind kind;
    private final Credentials credentials;
    private final DockerContainer container;
    private final TcpProxy proxy;
    private final ContainerControl control;

    private BrokerContainer(DockerClient client, ContainerSpec spec) {
        kind = BrokerKind.named(spec.broker());
        credentials = kind.newCredentials();
        container = new DockerContainer(client, spec, kind, credentials);
        proxy = new TcpProxy();
        control = new ContainerControl(
                container, new Readiness(container, kind, credentials), proxy, kind.settlingTime());
    }

    /**
     * Starts a server and waits until it serves. A local image is used as it is; a missing one is pulled once.
     *
     * @throws IllegalArgumentException when there is no such broker, or it does not take the settings
     * @throws IllegalStateException when there is no engine or image, or the server does not serve; says what to do
     */
    public static BrokerContainer start(ContainerSpec spec) {
        BrokerKind.named(spec.broker());
        DockerClient client = DockerEngine.client();
        Images.require(
                client, spec.image(), "Name another with -D" + ContainerSpec.imageProperty(spec.broker()) + "=…");
        BrokerContainer broker = new BrokerContainer(client, spec);
        try {
            OpenContainers.launch(broker);
            broker.control.openWhenServing();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** Where clients connect, and with what: it holds a random password. The same for the container's whole life. */
    public URI uri() {
        return kind.uri(proxy.address(), credentials);
    }

    /** The hand on this server's switch, with all faults. Its calls throw after {@link #close()}. */
    public BrokerControl control() {
        return control;
    }

    /** Removes the container with its data, and the proxy. Closing again does nothing. */
    @Override
    public void close() {
        OpenContainers.remove(this);
        proxy.close();
        container.close();
    }

    /** The container and its address, without the password. */
    @Override
    public String toString() {
        return "BrokerContainer[" + container + " at " + proxy.address() + "]";
    }

    BrokerKind kind() {
        return kind;
    }

    /** Makes the container; its server does not serve yet. */
    void launch() {
        container.launch();
    }

    /** Whether there is no container, or no more. */
    boolean isGone() {
        return container.isGone();
    }
}
