package org.brokertck.redis.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.redis.connection.Bytes;

/**
 * An entry of a stream as the server gave it.
 *
 * @param id the server's name for it, which orders the stream
 * @param fields its contents by name
 */
record Entry(String id, Map<String, byte[]> fields) {
    /** Reads a reply of the form {@code [id, [name, value, …]]}. */
    static Entry of(Object reply) {
        List<?> pair = (List<?>) reply;
        List<?> flat = (List<?>) pair.get(1);
        Map<String, byte[]> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(Bytes.text(flat.get(i)), (byte[]) flat.get(i + 1));
        }
        return new Entry(Bytes.text(pair.get(0)), fields);
    }

    /** @throws IllegalArgumentException when there is no such field */
    byte[] field(String name) {
        byte[] value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The entry has no field '" + name + "'");
        }
        return value;
    }
}
