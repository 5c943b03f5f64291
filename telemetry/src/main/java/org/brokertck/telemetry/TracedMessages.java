package org.brokertck.telemetry;

import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;

/** Messages and records with other headers. */
final class TracedMessages {
    private TracedMessages() {}

    static Message with(Message message, Map<String, String> headers) {
        return headers == message.headers()
                ? message
                : message.toBuilder().headers(headers).build();
    }

    static KeyedMessage with(KeyedMessage message, Map<String, String> headers) {
        return headers == message.headers() ? message : KeyedMessage.of(message.key(), message.value(), headers);
    }

    static PartitionRecord with(PartitionRecord record, Map<String, String> headers) {
        return PartitionRecord.owned(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp().toEpochMilli(),
                record.key(),
                record.value(),
                Map.copyOf(headers));
    }
}
