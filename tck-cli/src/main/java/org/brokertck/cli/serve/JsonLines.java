package org.brokertck.cli.serve;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.JsonUtils;
import co.elastic.logging.logback.EcsEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.KeyValuePair;

/** Lines for Elasticsearch: those of Elastic's own encoder, with the key-value pairs of the log call as fields beside them. */
final class JsonLines extends EcsEncoder {
    @Override
    protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
        if (event.getKeyValuePairs() == null) {
            return;
        }
        for (KeyValuePair pair : event.getKeyValuePairs()) {
            line.append('"');
            JsonUtils.quoteAsString(pair.key, line);
            line.append("\":");
            append(pair.value, line);
            line.append(',');
        }
    }

    private static void append(Object value, StringBuilder line) {
        boolean plain =
                value instanceof Boolean || (value instanceof Number number && Double.isFinite(number.doubleValue()));
        if (plain) {
            line.append(value);
        } else {
            line.append('"');
            JsonUtils.quoteAsString(String.valueOf(value), line);
            line.append('"');
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8);
        return Secrets.masked(line).getBytes(StandardCharsets.UTF_8);
    }
}
