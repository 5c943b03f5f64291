package org.brokertck.tck.queue;

import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;

/** The server behind a target, in the hands of one test: whatever the test did to it, it serves again afterwards. */
final class Server implements AutoCloseable {
    private final BrokerControl control;
    private boolean killed;
    private boolean paused;

    private Server(BrokerControl control) {
        this.control = control;
    }

    /** The server of a target whose control offers what the test {@link org.brokertck.tck.run.Needs}. */
    static Server of(ConformanceTarget target) {
        return new Server(target.control().orElseThrow());
    }

    /** Kills the server once it had the time to write down what queues there are. */
    void kill() {
        if (!control.settlingTime().isZero()) {
            Polling.until(control.settlingTime(), () -> false, it -> it);
        }
        control.kill();
        killed = true;
    }

    void start() {
        control.start();
        killed = false;
    }

    void killAndStart() {
        kill();
        start();
    }

    void pause() {
        control.pause();
        paused = true;
    }

    void resume() {
        control.resume();
        paused = false;
    }

    void cutConnections() {
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
