package org.brokertck.tck.faulty.requestreply.simulated;

import java.time.Duration;
import java.util.List;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;

/** A client of a simulated server: calls need its answer, and with a lost connection the server forgets its responders. */
public class SimulatedRequestReply extends PlainRequestReply {
    private final SimulatedExchange server;

    /** Opens an instance whose line belongs to that server. */
    public SimulatedRequestReply(SimulatedExchange server, Opening opening) {
        super(opening);
        this.server = server;
    }

    /** The server behind it. */
    protected final SimulatedExchange server() {
        return server;
    }

    @Override
    protected void requireUsable(Duration patience) {
        super.requireUsable(patience);
        server.awaitAnswer(patience);
        super.requireUsable(patience);
    }

    /** Comes back on a new connection with the responders that it had. */
    protected void connectedAgain(List<PlainResponder> responders) {
        line().responders.addAll(responders);
    }

    /** The connection is lost and there is a new one. */
    final void reconnect() {
        List<PlainResponder> responders = own();
        line().responders.removeAll(responders);
        connectedAgain(responders);
    }
}
