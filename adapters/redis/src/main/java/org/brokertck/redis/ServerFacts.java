package org.brokertck.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SocketOpener;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What the server says about itself. Asked anew each time, over a connection of its own. */
final class ServerFacts {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");

    private final RedisAddress address;

    ServerFacts(RedisAddress address) {
        this.address = address;
    }

    /** @throws RedisFailure when the server cannot be reached or refuses */
    void ping() {
        Object unused = ask(link -> link.call(TIMEOUT, Command.PING) != null);
    }

    /** Its version, or "unknown" when it does not tell. */
    String version() {
        try {
            Matcher found = VERSION.matcher(
                    ask(link -> String.valueOf(text(link.call(TIMEOUT, Command.INFO, Bytes.of("server"))))));
            return found.find() ? found.group(1) : "unknown";
        } catch (RedisFailure e) {
            return "unknown";
        }
    }

    /** Whether what it confirms is on disk; false when it does not tell. */
    boolean isDurable() {
        try {
            Map<String, String> settings = ask(ServerFacts::settings);
            return "yes".equals(settings.get("appendonly")) && "always".equals(settings.get("appendfsync"));
        } catch (RedisFailure e) {
            return false;
        }
    }

    private <T> T ask(Function<Link, T> question) {
        try (Link link = Link.open(address, new SocketOpener(address, TIMEOUT), "brokertck-redis-facts")) {
            return question.apply(link);
        }
    }

    private static Map<String, String> settings(Link link) {
        Object reply =
                link.call(TIMEOUT, Command.CONFIG, Bytes.of("GET"), Bytes.of("appendonly"), Bytes.of("appendfsync"));
        Map<String, String> settings = new HashMap<>();
        if (reply instanceof List<?> flat) {
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                settings.put(text(flat.get(i)), text(flat.get(i + 1)));
            }
        }
        return settings;
    }

    private static String text(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? Bytes.text(bytes) : "";
    }
}
