package org.brokertck.tck.history.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/** The name of a record in a history: records have none of their own, so that the kit writes one into a header where it can. */
public final class RecordId {
    /** The header that holds the name; without it the key is the name, and without that the value. */
    public static final String HEADER = "record-id";

    private RecordId() {}

    /** The name of a message. */
    public static String of(KeyedMessage message) {
        return of(message.headers(), message.key(), message::value);
    }

    /** The name of a record. */
    public static String of(PartitionRecord record) {
        return of(record.headers(), record.key(), record::value);
    }

    private static String of(
            Map<String, String> headers, @Nullable String key, java.util.function.Supplier<byte[]> value) {
        String id = headers.get(HEADER);
        if (id != null) {
            return id;
        }
        return key != null ? key : new String(value.get(), StandardCharsets.ISO_8859_1);
    }
}
