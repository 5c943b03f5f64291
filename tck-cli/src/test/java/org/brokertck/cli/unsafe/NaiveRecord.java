package org.brokertck.cli.unsafe;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import redis.clients.jedis.resps.StreamEntry;

/** A record as the fields of a stream's entry. */
final class NaiveRecord {
    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String HEADER = "header-";

    private NaiveRecord() {}

    static Map<String, String> fields(KeyedMessage message) {
        Map<String, String> fields = new HashMap<>();
        String key = message.key();
        if (key != null) {
            fields.put(KEY, key);
        }
        fields.put(VALUE, Base64.getEncoder().encodeToString(message.value()));
        message.headers().forEach((name, text) -> fields.put(HEADER + name, text));
        return fields;
    }

    static PartitionRecord of(String topic, int partition, StreamEntry entry) {
        Map<String, String> headers = new HashMap<>();
        entry.getFields().forEach((name, text) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), text);
            }
        });
        byte[] value = Base64.getDecoder().decode(entry.getFields().get(VALUE));
        return PartitionRecord.of(
                topic,
                new Position(partition, Position.UNKNOWN_OFFSET),
                entry.getID().getTime(),
                KeyedMessage.of(entry.getFields().get(KEY), value, headers));
    }
}
