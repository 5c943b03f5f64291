package org.brokertck.cli.serve;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/** Lines for people. */
final class TextLines extends PatternLayoutEncoder {
    TextLines() {
        setPattern("%d{HH:mm:ss.SSS} %-5level %msg%n%rEx{1}");
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8);
        return Secrets.masked(line).getBytes(StandardCharsets.UTF_8);
    }
}
