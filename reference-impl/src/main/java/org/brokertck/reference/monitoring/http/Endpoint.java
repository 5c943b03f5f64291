package org.brokertck.reference.monitoring.http;

import com.sun.net.httpserver.HttpHandler;

/**
 * What answers at one path.
 *
 * @param path matched as a whole, such as {@code /metrics}
 * @param handler answers GET and HEAD; other methods never reach it
 */
public record Endpoint(String path, HttpHandler handler) {}
