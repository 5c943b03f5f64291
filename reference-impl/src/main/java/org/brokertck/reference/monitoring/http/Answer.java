package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param body what is sent to GET, in UTF-8; HEAD gets its length
 */
public record Answer(int status, String contentType, String body) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** A JSON document. */
    public static Answer json(int status, String body) {
        return new Answer(status, JSON, body);
    }

    /** A plain sentence. */
    public static Answer text(int status, String body) {
        return new Answer(status, TEXT, body + "\n");
    }

    /** Answers each request anew, from its headers. */
    public static HttpHandler handler(Function<Headers, Answer> answering) {
        return exchange -> answering.apply(exchange.getRequestHeaders()).send(exchange);
    }

    /** Sends it and ends the exchange. Live figures are never to be cached. */
    public void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
