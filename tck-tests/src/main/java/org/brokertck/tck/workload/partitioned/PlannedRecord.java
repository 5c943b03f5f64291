package org.brokertck.tck.workload.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.workload.Mishap;
import org.jspecify.annotations.Nullable;

/**
 * One record of a workload, and how its handlers fare.
 *
 * @param id its name, unique in the workload
 * @param key its key; null for none
 * @param value its text, sent as UTF-8
 * @param headers its headers, to which its name is added
 * @param form how it is produced; a run of records for a batch is one batch
 * @param failures how many of a group's attempts fail before one succeeds
 * @param mishap how they fail
 */
public record PlannedRecord(
        String id,
        @Nullable String key,
        String value,
        Map<String, String> headers,
        Form form,
        int failures,
        Mishap mishap) {
    /** How a record is produced. */
    public enum Form {
        /** Its producer waits. */
        WAITING,
        /** Its producer does not wait. */
        ASYNC,
        /** In a batch. */
        BATCH
    }

    /** The message to produce. */
    public KeyedMessage message() {
        Map<String, String> all = new HashMap<>(headers);
        all.put(RecordId.HEADER, id);
        return KeyedMessage.of(key, value.getBytes(StandardCharsets.UTF_8), all);
    }

    /** Does what the plan says for this attempt of a group, from 0. */
    public void handle(int attempt) throws Exception {
        if (attempt < failures) {
            mishap.strike(id, attempt);
        }
    }

    @Override
    public String toString() {
        String fate = failures == 0 ? "" : " fails " + failures + "× by " + mishap;
        return "%s[%s, %s, %d chars]%s".formatted(id, key, form, value.length(), fate);
    }
}
