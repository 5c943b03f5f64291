package org.brokertck.tck.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.tck.history.partitioned.RecordId;
import org.jspecify.annotations.Nullable;

/** Records for scenarios. */
final class Records {
    private Records() {}

    /** A record with a name of its own. */
    static KeyedMessage of(@Nullable String key, String id) {
        return KeyedMessage.of(key, ("value of " + id).getBytes(StandardCharsets.UTF_8), Map.of(RecordId.HEADER, id));
    }

    /** Records named r-0, r-1 and so on, whose keys go round so many. */
    static List<KeyedMessage> numbered(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> of("key-" + i % keys, "r-" + i))
                .toList();
    }

    /** Records with that prefix, all with one key. */
    static List<KeyedMessage> ofKey(String key, String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> of(key, prefix + i)).toList();
    }

    /** Records with that prefix, each with a key of its own, so that all partitions have some. */
    static List<KeyedMessage> spread(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> of(prefix + "key-" + i, prefix + i))
                .toList();
    }
}
