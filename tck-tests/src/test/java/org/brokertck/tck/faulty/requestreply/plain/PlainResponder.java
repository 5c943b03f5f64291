package org.brokertck.tck.faulty.requestreply.plain;

import java.util.Deque;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** One responder: a thread that takes a request, handles it outside the lock, and answers. */
public class PlainResponder implements Responder {
    /** Whose it is. */
    protected final PlainRequestReply owner;

    /** What it answers. */
    protected final RequestHandler handler;

    /** Whether close was called. */
    protected boolean closing;

    /** Whether its handler runs. */
    protected boolean handling;

    private final String topic;
    private final Thread thread;
    private TimeSource.@Nullable Alarm alarm;
    private boolean cutOff;

    /** A responder that is not started. */
    @SuppressWarnings("this-escape") // the thread is not started yet
    public PlainResponder(PlainRequestReply owner, String topic, RequestHandler handler) {
        this.owner = owner;
        this.topic = topic;
        this.handler = handler;
        this.thread = new Thread(this::work, "plain-responder-to-" + topic);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The thread. */
    protected final Thread thread() {
        return thread;
    }

    @Override
    public String topic() {
        return topic;
    }

    /** Takes and answers until it is closed. */
    protected void work() {
        for (PlainRequest request = take(); request != null; request = take()) {
            beforeHandler();
            try {
                owner.answer(request, handler);
            } finally {
                owner.locked(() -> {
                    handling = false;
                    owner.line().changed.signalAll();
                    return true;
                });
            }
        }
    }

    /** The next request; null at the end. */
    protected @Nullable PlainRequest take() {
        return owner.locked(() -> {
            while (true) {
                if (closing) {
                    return null;
                }
                PlainRequest request = next();
                if (request != null) {
                    handling = true;
                    return request;
                }
                owner.line().changed.awaitUninterruptibly();
            }
        });
    }

    /** The next request in line, if there is one. */
    protected @Nullable PlainRequest next() {
        Deque<PlainRequest> waiting = owner.line().waiting(topic());
        return owner.line().responders.contains(this) ? waiting.poll() : null;
    }

    /** A flag that the last handler left behind is no business of the next. */
    protected void beforeHandler() {
        boolean cut = owner.locked(() -> cutOff);
        if (!cut) {
            Thread.interrupted();
        }
    }

    @Override
    public void close() {
        beginClosing();
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
    }

    /** Takes no more. */
    protected void beginClosing() {
        Runnable told = owner.locked(() -> {
            if (closing) {
                return () -> {};
            }
            closing = true;
            owner.line().changed.signalAll();
            if (handling) {
                alarm = owner.schedule(owner.config().drainTimeout(), this::cut);
            }
            return owner.remove(this);
        });
        told.run();
    }

    /** Waits for the handler that runs. */
    protected void awaitEnd() {
        boolean interrupted = owner.locked(() -> {
            try {
                while (handling && !cutOff) {
                    owner.line().changed.await();
                }
                return false;
            } catch (InterruptedException e) {
                cut();
                return true;
            } finally {
                if (alarm != null) {
                    alarm.cancel();
                }
            }
        });
        boolean insists = Thread.interrupted();
        try {
            thread.join(owner.locked(() -> handling) ? 20 : 1000);
        } catch (InterruptedException e) {
            insists = true;
        }
        if (interrupted || insists) {
            Thread.currentThread().interrupt();
        }
        if (interrupted) {
            throw new OperationInterruptedException("Interrupted while closing a responder: it is closed all the same");
        }
    }

    private void cut() {
        owner.locked(() -> {
            cutOff = true;
            if (handling) {
                interruptHandler();
            }
            owner.line().changed.signalAll();
            return true;
        });
    }

    /** Interrupts the handler that still runs at the end of the drain timeout. */
    protected void interruptHandler() {
        thread.interrupt();
    }
}
