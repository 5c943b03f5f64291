package org.brokertck.rabbitmq.connection;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who asks. Its text is {@code host:port}, so that no message built from it shows a password.
 *
 * @param host a name or an address, IPv6 ones without their brackets
 * @param port 1 to 65535
 * @param tls whether the connection is encrypted
 * @param virtualHost {@code /} by default
 * @param user {@code guest} by default
 * @param password {@code guest} by default
 */
public record ServerAddress(String host, int port, boolean tls, String virtualHost, String user, String password) {
    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    /**
     * Reads {@code amqp://user:password@host:port/virtualHost}, or {@code amqps} for TLS. The client library's own reader
     * is not used: it puts the user information into the texts of its exceptions.
     *
     * @throws IllegalArgumentException when it is no such URI; the text never shows the user information
     */
    public static ServerAddress of(URI uri) {
        String scheme = Objects.requireNonNull(uri, "uri").getScheme();
        boolean tls = "amqps".equals(lower(scheme));
        require(tls || "amqp".equals(lower(scheme)), "its scheme is " + scheme + ": it must be amqp or amqps");
        String host = uri.getHost();
        require(host != null, "it names no valid host");
        require(uri.getRawQuery() == null, "it has parameters after a question mark: none are supported");
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        require(port > 0 && port <= 0xFFFF, "its port is " + port + ": it must be from 1 to 65535");
        String[] login = login(uri.getRawUserInfo());
        return new ServerAddress(bare, port, tls, virtualHost(uri.getRawPath()), login[0], login[1]);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static String[] login(@Nullable String userInfo) {
        if (userInfo == null) {
            return new String[] {"guest", "guest"};
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new String[] {decode(userInfo), ""}
                : new String[] {decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1))};
    }

    private static String virtualHost(@Nullable String path) {
        if (path == null || path.length() <= 1) {
            return "/";
        }
        String rest = path.substring(1);
        require(
                rest.indexOf('/') < 0,
                "its path has several segments: it must be one virtual host, a slash in it as %2F");
        return decode(rest);
    }

    private static String decode(String text) {
        // A plus sign stands for itself in a URI; only in form data is it a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("uri is not of use for RabbitMQ: " + otherwise);
        }
    }

    /** {@code host:port}, without any credentials. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
