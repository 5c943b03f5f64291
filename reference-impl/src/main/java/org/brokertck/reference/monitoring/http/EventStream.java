package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.reference.time.TimeSource;

/**
 * Server-sent events: what the dashboard shows, once a second as long as somebody watches. Each viewer has a thread of its own, so
 * that a slow one holds up nobody, and sees the newest event when it is ready for the next; there are no more than
 * {@value #MOST_VIEWERS}.
 */
public final class EventStream implements HttpHandler, AutoCloseable {
    /** How many may watch at once. */
    static final int MOST_VIEWERS = 16;

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String TYPE = "text/event-stream; charset=utf-8";
    private static final String RETRY_SECONDS = "10";

    private final Supplier<String> event;
    private final String threadName;
    private final TimeSource time;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    /** Guarded by this, as the next. */
    private boolean alarmIsSet;

    private boolean closed;

    /**
     * @param event makes the present event: one line
     * @param threadName the name of the viewers' threads
     * @param time when the next one is due
     */
    EventStream(Supplier<String> event, String threadName, TimeSource time) {
        this.event = event;
        this.threadName = threadName;
        this.time = time;
    }

    /** What the dashboard of a monitor shows. */
    public static EventStream of(QueueMonitor monitor, String threadName, TimeSource time) {
        return new EventStream(() -> DashboardEvent.of(monitor), threadName, time);
    }

    /** Returns at once; the exchange goes on until the viewer leaves. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            new Answer(200, TYPE, "").send(exchange);
            return;
        }
        Viewer viewer = new Viewer(exchange, threadName, viewers::remove);
        if (!admit(viewer)) {
            refuse(exchange);
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            viewer.show(event.get());
            viewer.start();
        } catch (IOException | RuntimeException e) {
            viewers.remove(viewer);
            throw e;
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        Answer.text(503, "No more than " + MOST_VIEWERS + " may watch at once: try again later")
                .send(exchange);
    }

    private synchronized boolean admit(Viewer viewer) {
        if (closed || viewers.size() >= MOST_VIEWERS) {
            return false;
        }
        viewers.add(viewer);
        if (!alarmIsSet) {
            setAlarm();
        }
        return true;
    }

    private void setAlarm() {
        try {
            time.schedule(INTERVAL, this::showAll);
            alarmIsSet = true;
        } catch (RejectedExecutionException e) {
            alarmIsSet = false; // the time source is closed, and so will be everything else
        }
    }

    private void showAll() {
        if (somebodyWatches()) {
            String now = event.get();
            viewers.forEach(it -> it.show(now));
        }
    }

    private synchronized boolean somebodyWatches() {
        alarmIsSet = false;
        if (closed || viewers.isEmpty()) {
            return false;
        }
        setAlarm();
        return true;
    }

    /** Sends everybody away, and waits until their threads have ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        viewers.forEach(Viewer::leave);
    }
}
