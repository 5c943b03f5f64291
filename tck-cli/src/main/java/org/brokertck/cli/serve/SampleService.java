package org.brokertck.cli.serve;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reference, watched, with something going on in it. */
public final class SampleService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleService.class);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QueueMonitor monitor;
    private final BrokerWatch watch;
    private final Work work = new Work();
    private final List<Traffic> traffic;
    private final ScheduledExecutorService sender;

    private SampleService(QueueMonitor monitor) {
        this.monitor = monitor;
        this.watch = BrokerWatch.on(monitor);
        this.traffic = List.of(new Orders(watch, work), new Payments(watch, work), new Events(watch));
        this.sender = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tck-serve-traffic");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts serving.
     *
     * @param address where to answer over HTTP
     * @throws org.brokertck.api.BrokerUnavailableException when it cannot be listened on
     */
    public static SampleService start(InetSocketAddress address) {
        MonitorConfig config = MonitorConfig.builder()
                .window(Duration.ofSeconds(10))
                .serveOn(address)
                .build();
        SampleService service = new SampleService(InMemoryQueueMonitor.open("Broker TCK: sample traffic", config));
        service.monitor.setupAlerts(SampleAlerts.rules());
        service.traffic.forEach(service::send);
        return service;
    }

    private void send(Traffic to) {
        long pause = SECOND_NANOS / to.perSecond();
        sender.scheduleAtFixedRate(() -> sendSafely(to), pause, pause, TimeUnit.NANOSECONDS);
    }

    /** What throws here would not be scheduled again. */
    private static void sendSafely(Traffic to) {
        try {
            to.next();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The sample traffic could not be sent");
        }
    }

    /** Where it answers, without a path. */
    public URI uri() {
        return monitor.endpoint().orElseThrow();
    }

    @Override
    public void close() {
        sender.shutdownNow();
        work.end();
        traffic.forEach(Traffic::close);
        watch.close();
        monitor.close();
    }
}
