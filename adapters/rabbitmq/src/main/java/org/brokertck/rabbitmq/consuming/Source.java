package org.brokertck.rabbitmq.consuming;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/** A queue on the server that a consumer takes from. Used by one thread at a time. */
public interface Source {
    /** The name of the queue. */
    String queue();

    /** How many messages a consumer may hold that are not settled; 1 or more. */
    int prefetch();

    /** Makes sure of the queue; before each session. */
    void declare(Channel channel) throws IOException;

    /** The consumer has ended for good: what was there for it alone goes. Anything that fails here is for the server to clear up. */
    default void leave(Channel channel) throws IOException {}

    /** Whether a message whose handler takes no notice of its interrupt goes back to the queue, to be handled once more. */
    default boolean returnsUnfinished() {
        return true;
    }
}
