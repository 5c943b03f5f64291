package org.brokertck.tck.faulty.pubsub.simulated;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;

/**
 * A client's broker on a simulated server: calls need its answer, and the first message after a lost connection is missed, since its
 * subscriptions are only then made again.
 */
public class SimulatedPubSub extends PlainPubSub {
    private final SimulatedRelay server;
    private long connection;

    /** Opens a broker whose line belongs to that server. */
    @SuppressWarnings("this-escape") // takes the lock, calls the server
    public SimulatedPubSub(SimulatedRelay server, Opening opening) {
        super(opening);
        this.server = server;
        this.connection = locked(server::connection);
    }

    /** The server behind it. */
    protected final SimulatedRelay server() {
        return server;
    }

    @Override
    protected void requireUsable(Duration patience) {
        super.requireUsable(patience);
        server.awaitAnswer(patience);
        super.requireUsable(patience);
    }

    @Override
    protected void deliver(String topic, Message message) {
        if (connection == server.connection()) {
            super.deliver(topic, message);
        } else {
            connection = server.connection();
            connectedAgain();
            missed(topic, message);
        }
    }

    /** A message came while the connection was lost. */
    protected void missed(String topic, Message message) {}

    /** Subscribes again on a new connection. */
    protected void connectedAgain() {
        subscriptions.forEach(it -> it.gaps++);
    }
}
