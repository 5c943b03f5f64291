package org.brokertck.containers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Fault;

/**
 * The faults of a server in a container. The container itself is asked for its state each time, so that calls that ask for
 * what is already so do nothing, and a test's clean-up may always call {@link #resume()} and {@link #start()}.
 */
final class ContainerControl implements BrokerControl {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final DockerContainer container;
    private final Readiness readiness;
    private final TcpProxy proxy;
    private final Duration settlingTime;

    ContainerControl(DockerContainer container, Readiness readiness, TcpProxy proxy, Duration settlingTime) {
        this.settlingTime = settlingTime;
        this.container = container;
        this.readiness = readiness;
        this.proxy = proxy;
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public Duration settlingTime() {
        return settlingTime;
    }

    /** Kills a paused server too. */
    @Override
    public synchronized void kill() {
        if (container.isRunning()) {
            container.kill();
            if (!Threads.poll(END_LIMIT, () -> !container.isRunning())) {
                throw new IllegalStateException("Container " + container + " outlived SIGKILL");
            }
        }
        // Not before: a client is to see its connection break because the server is gone.
        proxy.refuse();
    }

    @Override
    public synchronized void start() {
        boolean running = container.isRunning();
        if (running && proxy.isAccepting()) {
            return;
        }
        if (!running) {
            container.start();
        }
        openWhenServing();
    }

    /** Waits for a process that was started, and lets clients in. */
    synchronized void openWhenServing() {
        InetSocketAddress serving = readiness.await();
        // Not before: whoever connects finds a server that serves.
        proxy.accept(serving);
    }

    @Override
    public synchronized void pause() {
        if (container.isRunning() && !container.isPaused()) {
            container.pause();
        }
    }

    @Override
    public synchronized void resume() {
        if (container.isPaused()) {
            container.unpause();
            readiness.await();
        }
    }

    @Override
    public void cutConnections() {
        proxy.cut();
    }
}
