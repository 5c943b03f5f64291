package org.brokertck.tck.faulty.broker.plain;

import java.util.ArrayDeque;
import java.util.Deque;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.jspecify.annotations.Nullable;

/** One subscriber of a plain broker: what waits for it on the server, and the thread that handles it. */
public class PlainLine implements TopicSubscription {
    private static final long GRACE_NANOS = 200_000_000;

    /** What waits; under the server's lock. */
    protected final Deque<Message> waiting = new ArrayDeque<>();

    private final PlainBroker broker;
    private final String topic;
    private final MessageHandler handler;
    private final Thread thread;
    private boolean ending;
    private long endingSince;
    private boolean handling;

    /** Makes it; nothing comes before it is {@link #start started}. */
    @SuppressWarnings("this-escape") // the thread is not started yet
    public PlainLine(PlainBroker broker, String topic, MessageHandler handler) {
        this.broker = broker;
        this.topic = topic;
        this.handler = handler;
        this.thread = new Thread(this::work, "plain-" + broker.name() + "-" + topic);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    PlainBroker broker() {
        return broker;
    }

    /** Ends it when nobody waits for that. */
    public void abandon() {
        ending = true;
    }

    @Override
    public final String topic() {
        return topic;
    }

    /** Takes a message in; under the lock. */
    protected void add(Message message) {
        waiting.add(message);
    }

    private void work() {
        for (Message message = next(); message != null; message = next()) {
            broker.handle(this, handler, message);
        }
    }

    private @Nullable Message next() {
        return broker.server().locked(() -> {
            handling = false;
            broker.freeRoom();
            while (!isOver() && (waiting.isEmpty() || !broker.server().serves())) {
                try {
                    broker.server().await(Long.MAX_VALUE);
                } catch (InterruptedException e) {
                    // An interrupt that was meant for a handler.
                }
            }
            handling = !isOver();
            forgetInterrupt();
            return handling ? taken() : null;
        });
    }

    /** Whether its end was begun, and no handler starts any more; under the lock. */
    protected boolean isOver() {
        return ending;
    }

    /** What the last handler left behind is no business of the next one; under the lock. */
    protected void forgetInterrupt() {
        Thread.interrupted();
    }

    /** The next message; under the lock. */
    protected Message taken() {
        return broker.handedOut(waiting.remove());
    }

    /** Begins its end; under the lock. */
    void begin() {
        endingSince = ending ? endingSince : System.nanoTime();
        ending = true;
        dropWaiting();
        if (broker.server().linesOf(broker.name()).remove(this)) {
            broker.left(this);
        }
    }

    /** How many messages wait for it; under the lock. */
    public int waiting() {
        return waiting.size();
    }

    /** What waits for it goes with it; under the lock. */
    public void dropWaiting() {
        waiting.clear();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether its own handler asks. */
    protected final boolean isCurrentThread() {
        return runsOn(Thread.currentThread());
    }

    /** Whether its handler runs on that thread. */
    public final boolean runsOn(Thread asking) {
        return thread == asking;
    }

    @Override
    public void close() {
        broker.server().locked(() -> {
            begin();
            return true;
        });
        awaitEnd();
    }

    /** Waits for its handler, for the drain timeout at most. */
    protected void awaitEnd() {
        if (isCurrentThread()) {
            return;
        }
        try {
            broker.server().locked(() -> awaitHandler());
            thread.join(GRACE_NANOS / 1_000_000);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw interrupted(e);
        }
    }

    /** What an interrupted wait throws. */
    protected RuntimeException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted while closing", cause);
    }

    /** How long its handler may still take; under the lock. */
    protected long drainNanos() {
        return broker.config().drainTimeout().toNanos() - (System.nanoTime() - endingSince);
    }

    private boolean awaitHandler() {
        long left = drainNanos();
        try {
            while (handling && left > 0) {
                left = broker.server().await(left);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            throw interrupted(e);
        }
        if (handling) {
            thread.interrupt();
        }
        return true;
    }
}
