package org.brokertck.reference.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.brokertck.api.message.MessageHandler;

/** The consumers of one queue that may still have a thread. Used only under the queue's lock. */
class Consumers {
    private final QueueState queue;
    private final String queueName;
    private final FailurePolicy policy;
    private final List<ConsumerLoop> loops = new ArrayList<>();
    private int started;

    Consumers(QueueState queue, String queueName, FailurePolicy policy) {
        this.queue = queue;
        this.queueName = queueName;
        this.policy = policy;
    }

    /** Starts one more, and forgets those whose threads are gone: not earlier, since a close waits for every thread. */
    ConsumerLoop start(MessageHandler handler) {
        loops.removeIf(loop -> !loop.thread().isAlive());
        started++;
        ConsumerLoop loop = new ConsumerLoop(queue, policy, handler, "brokertck-" + queueName + "-consumer-" + started);
        loop.thread().start();
        loops.add(loop);
        return loop;
    }

    /** A view. */
    Collection<ConsumerLoop> all() {
        return Collections.unmodifiableList(loops);
    }

    /** The queue has ended: there is nothing left to wait for in the close of any consumer. */
    void endAll() {
        loops.forEach(loop -> loop.drain().end());
    }

    /** Whether the current thread runs a handler of this queue. */
    boolean includeCurrentThread() {
        return loops.stream().anyMatch(loop -> loop.thread() == Thread.currentThread());
    }
}
