package org.brokertck.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.cli.serve.LogFormat;
import org.brokertck.cli.serve.Logs;
import org.brokertck.cli.serve.SampleService;
import org.brokertck.tck.run.Runner;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tck serve}: the reference with monitoring, under sample traffic, until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the reference under sample traffic, with failures, and serves its metrics, health, alerts and a live"
                    + " dashboard over HTTP, until Ctrl-C.",
            "Exit codes: 0 stopped, 2 usage, 4 the address cannot be had, since the port is in use for instance."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Default: 8080. 0: any free one.")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "The address to listen on. Default: 127.0.0.1, which other machines cannot reach. There is no"
                    + " login.")
    private String host = "127.0.0.1";

    @Option(
            names = "--logs",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description =
                    "How log lines look: ${COMPLETION-CANDIDATES}. JSON is for Elasticsearch: then nothing else is"
                            + " printed.")
    private LogFormat format = LogFormat.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        InetSocketAddress address = address();
        try (Stop stop = Stop.onSignal();
                Logs logs = Logs.open(format, out(), Runner.kitVersion());
                SampleService service = start(address)) {
            announce(service.uri());
            stop.await();
        }
        return ExitCode.CONFORMANT;
    }

    private SampleService start(InetSocketAddress address) {
        try {
            return SampleService.start(address);
        } catch (BrokerUnavailableException e) {
            throw new NoTargetException(
                    "--host %s --port %d cannot be listened on: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    private InetSocketAddress address() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port is " + port + ": it must be from 0 to " + HIGHEST_PORT);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host is '" + host + "', which no address is known for", e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void announce(URI uri) {
        String base = uri.toString();
        if (format == LogFormat.JSON) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .atInfo()
                    .addKeyValue("event.action", "serving")
                    .addKeyValue("url.full", base + MonitorPaths.DASHBOARD)
                    .log("Serving at {}", base);
            return;
        }
        PrintWriter out = out();
        out.println(
                "Broker TCK " + Runner.kitVersion() + " serves the reference under sample traffic. Ctrl-C stops it.");
        out.println("  Dashboard  " + base + MonitorPaths.DASHBOARD);
        out.println("  Metrics    " + base + MonitorPaths.METRICS);
        out.println("  Health     " + base + MonitorPaths.HEALTH);
        out.println("  Alerts     " + base + MonitorPaths.ALERTS);
        out.flush();
    }
}
