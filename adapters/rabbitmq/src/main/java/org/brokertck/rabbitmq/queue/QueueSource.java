package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.brokertck.rabbitmq.consuming.Source;

/**
 * The queue as its consumers take from it.
 *
 * @param topology of the queue
 */
record QueueSource(Topology topology) implements Source {
    @Override
    public String queue() {
        return topology.name();
    }

    /** Each consumer holds one message: what it has not begun is the others' (rule Q-6). */
    @Override
    public int prefetch() {
        return 1;
    }

    @Override
    public void declare(Channel channel) throws IOException {
        topology.declare(channel);
    }
}
