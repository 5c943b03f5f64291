package org.brokertck.tck.queue;

import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.run.NotRun;

/** The server behind a target, in the hands of one test: whatever the test did to it, it serves again afterwards. */
final class Server implements AutoCloseable {
    private final BrokerControl control;
    private boolean killed;
    private boolean paused;

    private Server(BrokerControl control) {
        this.control = control;
    }

    /** The server, when its control offers these faults; the test is not run otherwise. */
    static Server of(ConformanceTarget target, Fault... faults) {
        BrokerControl control = target.control()
                .orElseThrow(() -> new NotRun("Nobody controls the server of " + target.name()
                        + ": run with --containers to have faults injected"));
        for (Fault fault : faults) {
            if (!control.faults().contains(fault)) {
                throw new NotRun("The control of " + target.name() + " does not offer the fault " + fault);
            }
        }
        return new Server(control);
    }

    void kill() {
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
