package org.brokertck.redis.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.TextCodec;

/** The dead letters of one topic, in a stream of their own. */
final class RedisRecordDeadLetters implements RecordDeadLetters {
    private static final int PORTION = 100;

    private final LogParts parts;
    private final LogCalls calls;
    private final String topic;

    RedisRecordDeadLetters(LogParts parts, LogCalls calls, String topic) {
        this.parts = parts;
        this.calls = calls;
        this.topic = topic;
    }

    @Override
    public List<DeadRecord> list(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
        parts.lifecycle().requireOpen();
        List<DeadRecord> records = new ArrayList<>();
        String after = "";
        while (records.size() < limit) {
            String from = after;
            int portion = Math.min(PORTION, limit - records.size());
            List<?> entries = calls.repeatable(
                    "list the dead letters of topic '" + topic + "'",
                    (link, time) -> parts.server().dead(link, time, topic, from, portion));
            for (Object entry : entries) {
                records.add(decoded((List<?>) entry));
                after = Bytes.text(((List<?>) entry).get(0));
            }
            if (entries.size() < portion) {
                break;
            }
        }
        return records;
    }

    @Override
    public int purge() {
        parts.lifecycle().requireOpen();
        return calls.unrepeatable(
                "purge the dead letters of topic '" + topic + "'",
                (link, time) -> parts.server().purge(link, time, topic));
    }

    private DeadRecord decoded(List<?> entry) {
        List<?> flat = (List<?>) entry.get(1);
        Map<String, byte[]> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(Bytes.text(flat.get(i)), (byte[]) flat.get(i + 1));
        }
        return new DeadRecord(
                RecordCodec.decode(
                                topic,
                                (int) number(fields, "p"),
                                number(fields, "o"),
                                number(fields, "t"),
                                field(fields, "r"))
                        .record(),
                Bytes.text(field(fields, "g")),
                (int) number(fields, "a"),
                new Failure(TextCodec.decode(field(fields, "ft")), TextCodec.decode(field(fields, "fx"))));
    }

    private static long number(Map<String, byte[]> fields, String name) {
        return Long.parseLong(Bytes.text(field(fields, name)));
    }

    private static byte[] field(Map<String, byte[]> fields, String name) {
        byte[] value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The dead letter has no field '" + name + "'");
        }
        return value;
    }
}
