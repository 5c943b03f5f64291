package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the endpoint of a path. The server's own contexts match by prefix, which would let /metricsandmore be /metrics. */
final class Router implements HttpHandler {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Map<String, HttpHandler> byPath = new TreeMap<>();

    Router(List<Endpoint> endpoints) {
        endpoints.forEach(it -> byPath.put(it.path(), it.handler()));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        HttpHandler handler = byPath.get(path);
        if (handler == null) {
            Answer.text(404, "Nothing here; try one of " + String.join(" ", byPath.keySet()))
                    .send(exchange);
        } else if (!METHODS.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            Answer.text(405, "This can only be read: use GET").send(exchange);
        } else {
            answer(handler, exchange);
        }
    }

    private static void answer(HttpHandler handler, HttpExchange exchange) throws IOException {
        try {
            handler.handle(exchange);
        } catch (RuntimeException failure) {
            // Without this the server would only cut the connection.
            Answer.text(500, "This failed: " + failure).send(exchange);
        }
    }
}
