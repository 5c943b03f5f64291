package org.brokertck.redis.partitioned;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.connection.Wiring;

/**
 * The connections of one instance (rule L-23): one for each kind of traffic, so that large replies do not hold up small ones, but never
 * more than configured. Any number of threads share each of them, and no command waits on the server, so even a single one starves
 * nobody. A broken one is replaced when it is next used.
 */
final class Wires {
    /** The kinds of traffic, most worthy of a connection of its own first. */
    enum Use {
        /** All that is short, and the news. */
        CONTROL,
        PRODUCE,
        FETCH
    }

    private final List<Wiring> wirings = new ArrayList<>();
    private final Map<Use, Wiring> byUse = new EnumMap<>(Use.class);

    /**
     * Nothing is connected yet.
     *
     * @param most how many there may be; 1 or more. What gets none of its own shares the first
     * @param news takes what the server pushes
     * @param whenOpened is run with each new connection for {@link Use#CONTROL}
     */
    Wires(RedisAddress address, String name, int most, Consumer<List<Object>> news, Consumer<Wire> whenOpened) {
        for (Use use : Use.values()) {
            String link = name + "-link-" + wirings.size();
            if (use == Use.CONTROL) {
                wirings.add(new Wiring(address, link, news, whenOpened, () -> {}));
            } else if (wirings.size() < most) {
                wirings.add(new Wiring(address, link));
            } else {
                byUse.put(use, wirings.get(0));
                continue;
            }
            byUse.put(use, wirings.get(wirings.size() - 1));
        }
    }

    Wire connected(Use use, Deadline deadline) throws InterruptedException {
        return Objects.requireNonNull(byUse.get(use)).connected(deadline);
    }

    /** How many connections are open. */
    int open() {
        return (int) wirings.stream()
                .map(Wiring::ifConnected)
                .filter(Objects::nonNull)
                .count();
    }

    void close() {
        wirings.forEach(Wiring::close);
    }
}
