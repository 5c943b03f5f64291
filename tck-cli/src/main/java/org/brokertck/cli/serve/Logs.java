package org.brokertck.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/** Where the log lines of {@code org.brokertck} go while it is open; those of other libraries go where they went. */
public final class Logs implements AutoCloseable {
    private final Logger logger;
    private final Level levelBefore;
    private final OutputStreamAppender<ILoggingEvent> appender;

    private Logs(Logger logger, OutputStreamAppender<ILoggingEvent> appender) {
        this.logger = logger;
        this.levelBefore = logger.getLevel();
        this.appender = appender;
    }

    /**
     * Opens a log.
     *
     * @param format how lines look
     * @param out where they go; stays open
     * @param version of the service, for the field {@code service.version}
     */
    public static Logs open(LogFormat format, PrintWriter out, String version) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        EncoderBase<ILoggingEvent> encoder = format == LogFormat.JSON ? json(version) : new TextLines();
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setName("serve");
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(new WriterStream(out));
        appender.start();
        Logs logs = new Logs(context.getLogger("org.brokertck"), appender);
        logs.logger.addAppender(appender);
        logs.logger.setAdditive(false);
        logs.logger.setLevel(Level.INFO);
        return logs;
    }

    private static JsonLines json(String version) {
        JsonLines lines = new JsonLines();
        lines.setServiceName("broker-tck");
        lines.setServiceVersion(version);
        lines.setEventDataset("broker-tck.serve");
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(levelBefore);
        appender.stop();
    }
}
