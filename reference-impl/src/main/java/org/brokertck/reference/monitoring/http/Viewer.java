package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** One open page: a thread that writes the newest event when there is one. */
final class Viewer implements Runnable {
    private final HttpExchange exchange;
    private final Consumer<Viewer> whenGone;
    private final BlockingQueue<String> newest = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /** @param whenGone told when the thread ends */
    Viewer(HttpExchange exchange, String threadName, Consumer<Viewer> whenGone) {
        this.exchange = exchange;
        this.whenGone = whenGone;
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Puts an event in place of one that the viewer has not seen yet. */
    void show(String event) {
        while (!newest.offer(event)) {
            newest.poll();
        }
    }

    @Override
    public void run() {
        try (HttpExchange open = exchange;
                OutputStream body = open.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
                body.write(("data: " + newest.take() + "\n\n").getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (IOException | InterruptedException e) {
            // The page was closed, or the monitor is.
        } finally {
            whenGone.accept(this);
        }
    }

    /** Ends the viewer: the interrupt ends its wait, and closes a connection that it is stuck in. */
    void leave() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
