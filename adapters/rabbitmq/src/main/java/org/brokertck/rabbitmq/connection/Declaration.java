package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/** Makes sure of what a channel is going to use on the server; the same from every instance, since a server refuses what differs. */
@FunctionalInterface
public interface Declaration {
    /** Declares, and changes nothing where all is there. */
    void declare(Channel channel) throws IOException;
}
