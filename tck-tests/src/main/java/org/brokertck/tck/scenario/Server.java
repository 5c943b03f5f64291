package org.brokertck.tck.scenario;

import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;

/** The server behind a target, in the hands of one test: whatever the test did to it, it serves again afterwards. */
public final class Server implements AutoCloseable {
    private final BrokerControl control;
    private boolean killed;
    private boolean paused;

    private Server(BrokerControl control) {
        this.control = control;
    }

    /** The server of a target whose control offers what the test {@link org.brokertck.tck.run.Needs}. */
    public static Server of(ConformanceTarget target) {
        return new Server(target.control().orElseThrow());
    }

    /** Kills the server once it had the time to write down what was opened. */
    public void kill() {
        if (!control.settlingTime().isZero()) {
            Polling.until(control.settlingTime(), () -> false, it -> it);
        }
        control.kill();
        killed = true;
    }

    /** Starts the killed server again. */
    public void start() {
        control.start();
        killed = false;
    }

    /** Kills the server and starts it again. */
    public void killAndStart() {
        kill();
        start();
    }

    /** Makes the server stand still. */
    public void pause() {
        control.pause();
        paused = true;
    }

    /** Lets the server go on. */
    public void resume() {
        control.resume();
        paused = false;
    }

    /** Breaks all connections. */
    public void cutConnections() {
        control.cutConnections();
    }

    @Override
    public void close() {
        if (paused) {
            resume();
        }
        if (killed) {
            start();
        }
    }
}
