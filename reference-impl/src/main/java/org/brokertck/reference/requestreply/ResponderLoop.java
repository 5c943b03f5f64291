package org.brokertck.reference.requestreply;

import java.util.Objects;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.reference.internal.SizeCheck;
import org.jspecify.annotations.Nullable;

/** One responder: a thread that takes a request, runs the handler outside every lock, answers, and takes the next. */
final class ResponderLoop implements Responder, Runnable {
    private final String topic;
    private final TopicLines lines;
    private final RequestBook book;
    private final SizeCheck sizes;
    private final RequestHandler handler;
    private final Departure departure;
    private final Thread thread;
    /** Set before the thread starts. */
    private @Nullable TopicLine line;

    ResponderLoop(
            String topic,
            TopicLines lines,
            RequestBook book,
            SizeCheck sizes,
            RequestHandler handler,
            Departure departure,
            String threadName) {
        this.topic = topic;
        this.lines = lines;
        this.book = book;
        this.sizes = sizes;
        this.handler = handler;
        this.departure = departure;
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    void start() {
        departure.of(thread);
        line = lines.join(this);
        thread.start();
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void run() {
        TopicLine own = Objects.requireNonNull(line);
        for (PendingRequest request = own.take(this); request != null; request = own.take(this)) {
            try {
                answer(request);
            } finally {
                departure.handlerEnded();
            }
        }
    }

    /** Under the line's lock: whether a handler may start, which a departure then waits for. */
    boolean begins() {
        return departure.handlerStarts();
    }

    /** Whatever is thrown, Errors included, fails this request and nothing else (rules Y-2, G-12). */
    private void answer(PendingRequest request) {
        try {
            Message reply = Objects.requireNonNull(
                    handler.handle(request.message()), "The handler returned null, which is no reply");
            sizes.check(reply);
            book.answer(request, reply);
        } catch (Throwable failure) {
            book.fail(request, new ResponderFailedException(topic, Failure.of(failure)));
        }
    }

    @Override
    public void close() {
        beginClosing();
        awaitEnd();
    }

    /** Takes no further request; those that nobody took are told when this was the last responder. */
    void beginClosing() {
        book.unanswerable(lines.leave(this));
        departure.begin();
    }

    /** Interrupts the handler that still runs. */
    void cutOff() {
        departure.cutOff();
    }

    /** Waits for the end, unless called from inside. */
    void awaitEnd() {
        departure.await();
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }
}
