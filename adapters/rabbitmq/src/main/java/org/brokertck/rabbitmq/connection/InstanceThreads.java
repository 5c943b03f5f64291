package org.brokertck.rabbitmq.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Every thread of one instance of a contract: named for it, and known, so that closing can wait for the last one (rule G-10). */
public final class InstanceThreads {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    public InstanceThreads(String name) {
        this.prefix = "brokertck-rabbitmq-" + name + "-";
    }

    /** A thread that does not keep the process running. */
    public Thread helper(String role, Runnable work) {
        Thread thread = handler(role, work);
        thread.setDaemon(true);
        return thread;
    }

    /** A thread that runs handlers: it keeps the process running, as a service that only consumes expects. */
    public Thread handler(String role, Runnable work) {
        String name = prefix + role + "-" + count.incrementAndGet();
        Thread thread = new Thread(() -> run(name, work), name);
        // Known from now on, not from when it gets to run: whoever joins may be quicker.
        alive.add(thread);
        return thread;
    }

    /** A factory of helpers, for executors and the client library. */
    public ThreadFactory factory(String role) {
        return work -> helper(role, work);
    }

    /**
     * Waits for the threads that run now, but for the calling one.
     *
     * @return whether they ended in time
     */
    public boolean join(Deadline deadline) throws InterruptedException {
        for (Thread thread : alive) {
            if (thread != Thread.currentThread()) {
                thread.join(Math.max(1, deadline.millisLeft()));
                if (thread.isAlive() && deadline.passed()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void run(String name, Runnable work) {
        Thread self = Thread.currentThread();
        // The client library renames what it gets from a factory.
        self.setName(name);
        try {
            work.run();
        } finally {
            alive.remove(self);
        }
    }
}
