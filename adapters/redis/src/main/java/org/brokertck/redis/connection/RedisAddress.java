package org.brokertck.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how to log in there. Its text is the address alone, so that the password gets into no message.
 *
 * @param host name or address of the server
 * @param port from 1 to 65535
 * @param tls whether the connection is encrypted and the server's certificate checked
 * @param user null for the server's default user
 * @param password null when the server asks for none
 * @param database the number of the logical database; 0 or more
 */
public record RedisAddress(
        String host,
        int port,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        int database) {
    private static final int DEFAULT_PORT = 6379;

    /**
     * Reads {@code redis[s]://[[user]:password@]host[:port][/database]}. What is escaped by % in user and password is
     * unescaped.
     *
     * @throws IllegalArgumentException when the URI says something else; its text shows no credentials
     */
    public static RedisAddress of(URI uri) {
        Objects.requireNonNull(uri, "uri");
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        require(scheme.equals("redis") || scheme.equals("rediss"), "uri does not begin with redis:// or rediss://");
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("uri names no host: write redis://user:password@host:port");
        }
        String credentials = uri.getRawUserInfo();
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        require(credentials == null || colon >= 0, "uri names a user without a password: write user:password@host");
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        require(port >= 1 && port <= 65_535, "uri names a port that is not from 1 to 65535");
        return new RedisAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port,
                scheme.equals("rediss"),
                credentials == null ? null : decoded(credentials.substring(0, colon)),
                credentials == null ? null : decoded(credentials.substring(colon + 1)),
                database(uri.getPath()));
    }

    /** The address for messages and logs: {@code host:port}. */
    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The text without the password, should a server or a library have quoted it. */
    public String redact(String text) {
        return password == null ? text : text.replace(password, "***");
    }

    /** The failure itself, or null when any text in it shows the password. */
    @Nullable
    public Throwable safe(Throwable failure) {
        String secret = password;
        if (secret == null) {
            return failure;
        }
        for (Throwable part = failure; part != null; part = part.getCause()) {
            for (Throwable suppressed : part.getSuppressed()) {
                if (safe(suppressed) == null) {
                    return null;
                }
            }
            if (String.valueOf(part.getMessage()).contains(secret)) {
                return null;
            }
        }
        return failure;
    }

    @Override
    public String toString() {
        return hostAndPort();
    }

    private static int database(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        require(path.matches("/\\d{1,6}"), "uri has a path that is no database number: write /0 or leave it out");
        return Integer.parseInt(path.substring(1));
    }

    private static @Nullable String decoded(String text) {
        // The decoder is made for forms, where a plus is a space; in a URI it is a plus.
        return text.isEmpty() ? null : URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
