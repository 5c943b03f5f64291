package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerUnavailableException;

/** Answers endpoints over HTTP until it is closed. */
public final class MonitorServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;
    /** How long an answer under way may still take when the server is closed. */
    private static final long GRACE_SECONDS = 1;

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final InetSocketAddress asked;
    private final Runnable whenClosed;

    private MonitorServer(HttpServer server, ThreadPoolExecutor workers, InetSocketAddress asked, Runnable whenClosed) {
        this.server = server;
        this.workers = workers;
        this.asked = asked;
        this.whenClosed = whenClosed;
    }

    /**
     * Begins to answer.
     *
     * @param threadName the name of the threads that answer
     * @param address where; port 0 for any free one
     * @param endpoints what
     * @param whenClosed ends answers that go on and on
     * @throws BrokerUnavailableException when the address cannot be had
     */
    public static MonitorServer start(
            String threadName, InetSocketAddress address, List<Endpoint> endpoints, Runnable whenClosed) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "The monitor cannot answer at %s: %s. Choose another address, or port 0 for any free one"
                            .formatted(address, e.getMessage()),
                    e);
        }
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        server.setExecutor(workers);
        server.createContext("/", new Router(endpoints));
        server.start();
        return new MonitorServer(server, workers, address, whenClosed);
    }

    /** Where it answers, without a path; a server on all addresses is told by the one of this machine itself. */
    public URI uri() {
        boolean everywhere = asked.getAddress() == null || asked.getAddress().isAnyLocalAddress();
        String host = everywhere ? "localhost" : asked.getAddress().getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + literal + ":" + server.getAddress().getPort());
    }

    /** Answers nothing any more, and leaves no thread behind. */
    @Override
    public void close() {
        whenClosed.run();
        server.stop(0);
        workers.shutdownNow();
        try {
            // An answer that is still being written fails, since its connection is gone.
            workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
