package org.brokertck.benchmarks.peers;

import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Window;

/**
 * Sends within a window.
 *
 * @param permits this producer's
 * @param sender sends
 */
record Windowed(Window.Permits permits, Sender<Keyed> sender) implements Sender<Keyed> {
    @Override
    public void send(Keyed item) throws Exception {
        permits.take();
        sender.send(item);
    }

    @Override
    public void flush() throws Exception {
        permits.giveBack();
        sender.flush();
    }
}
