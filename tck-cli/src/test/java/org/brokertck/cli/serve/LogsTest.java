package org.brokertck.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogsTest {
    private static final Logger LOG = LoggerFactory.getLogger("org.brokertck.test");

    private final StringWriter out = new StringWriter();

    private void log(LogFormat format) {
        try (Logs logs = Logs.open(format, new PrintWriter(out), "1.2.3")) {
            LOG.atWarn()
                    .addKeyValue("brokertck.queue", "orders \"a\"\n")
                    .addKeyValue("brokertck.message.retries", 2)
                    .addKeyValue("brokertck.value", Double.NaN)
                    .setCause(new IllegalStateException("redis://user:hidden-secret@host:6379 does not answer"))
                    .log("Attempt at {} failed, password=hidden-secret", "order-1");
        }
        LOG.warn("nobody listens any more");
    }

    @Test
    void eachLineOfJsonIsAnObjectWithTheNamesOfTheElasticCommonSchema() throws IOException {
        log(LogFormat.JSON);
        assertThat(out.toString().lines()).hasSize(1);
        Map<String, @Nullable Object> line = Json.readObject(out.toString());
        assertThat(line)
                .containsEntry("log.level", "WARN")
                .containsEntry("log.logger", "org.brokertck.test")
                .containsEntry("service.name", "broker-tck")
                .containsEntry("service.version", "1.2.3")
                .containsEntry("event.dataset", "broker-tck.serve")
                .containsEntry("brokertck.queue", "orders \"a\"\n")
                .containsEntry("brokertck.message.retries", 2L)
                .containsEntry("brokertck.value", "NaN")
                .containsEntry("error.type", "java.lang.IllegalStateException")
                .containsKeys("ecs.version", "process.thread.name", "error.stack_trace", "error.message");
        assertThat(Instant.parse(String.valueOf(line.get("@timestamp"))))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void noLineShowsAPassword() {
        log(LogFormat.JSON);
        log(LogFormat.TEXT);
        assertThat(out.toString())
                .contains("redis://user:***@host:6379 does not answer", "password=***")
                .doesNotContain("hidden-secret");
    }

    @Test
    void linesOfTextAreForPeople() {
        log(LogFormat.TEXT);
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Attempt at order-1 failed, password=\\*\\*\\*");
        assertThat(out.toString()).contains("IllegalStateException");
    }
}
