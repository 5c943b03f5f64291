package org.brokertck.redis.partitioned;

import java.util.List;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Wire;
import redis.clients.jedis.Protocol.Command;

/** Passes on what the scripts publish: a letter, then topics with partitions or groups. On the reading thread of a connection. */
final class News {
    private final LogKeys keys;
    private final Outbox outbox;
    private final Fetcher fetcher;
    private final Coordinator coordinator;

    News(LogKeys keys, Outbox outbox, Fetcher fetcher, Coordinator coordinator) {
        this.keys = keys;
        this.outbox = outbox;
        this.fetcher = fetcher;
        this.coordinator = coordinator;
    }

    /** Asks for news on a new connection; those since the last one was lost were missed. */
    void subscribe(Wire wire) {
        var unused = wire.subscribe(Command.SUBSCRIBE, List.of(keys.news), () -> {
            outbox.roomAnywhere();
            fetcher.lookEverywhere();
            coordinator.lookEverywhere();
        });
    }

    void pushed(List<Object> push) {
        if (push.size() != 3 || !(push.get(2) instanceof byte[] payload)) {
            return;
        }
        String[] words = Bytes.text(payload).split(" ", -1);
        for (int i = 1; i + 1 < words.length; i += 2) {
            switch (words[0]) {
                case "r" -> fetcher.news(words[i], Integer.parseInt(words[i + 1]));
                case "f" -> outbox.roomIn(words[i], Integer.parseInt(words[i + 1]));
                case "g" -> coordinator.changed(new GroupName(words[i], words[i + 1]));
                default -> {
                    // From a later version.
                }
            }
        }
    }
}
