package org.brokertck.tck.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * What an endpoint answered.
 *
 * @param status the HTTP status; 0 when the answer was none
 * @param contentType as sent, in small letters; empty when there is none
 * @param body as text
 */
record Reply(int status, String contentType, String body) {
    private static final String TYPE = "content-type:";

    /**
     * Asks by HTTP 1.0, over a connection of its own: the clients of the JDK leave threads behind, which a census of threads would
     * find.
     */
    static Reply to(String method, URI base, String path, Duration timeout) {
        String request =
                "%s %s HTTP/1.0\r\nHost: %s\r\nContent-Length: 0\r\n\r\n".formatted(method, path, base.getAuthority());
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) timeout.toMillis());
            socket.connect(new InetSocketAddress(host(base), base.getPort()), (int) timeout.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " of " + base + " failed: " + e.getMessage(), e);
        }
    }

    private static String host(URI base) {
        String host = String.valueOf(base.getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Reply parsed(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String[] head = answer.substring(0, Math.max(0, end)).split("\r\n", -1);
        String[] statusLine = head[0].split(" ", 3);
        if (end < 0 || statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
            return new Reply(0, "", answer);
        }
        String type = "";
        for (String line : head) {
            String small = line.toLowerCase(Locale.ROOT);
            if (small.startsWith(TYPE)) {
                type = small.substring(TYPE.length()).strip();
            }
        }
        return new Reply(Integer.parseInt(statusLine[1]), type, answer.substring(end + 4));
    }
}
