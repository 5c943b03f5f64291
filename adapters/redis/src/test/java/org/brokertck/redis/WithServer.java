package org.brokertck.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.junit.jupiter.api.AfterEach;

/** What the integration tests share. After each test everything is closed, and no thread may be left. */
public abstract class WithServer {
    public static final QueueConfig CONFIG = config(1000);

    public final TestServer server = TestServer.required();
    public final RedisBroker broker = server.broker();

    @AfterEach
    public void closeAndFindNoThread() {
        broker.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("brokertck-redis-"));
    }

    public MessageQueue open(QueueConfig config) {
        return broker.openQueue("it-" + System.nanoTime(), config);
    }

    public static QueueConfig config(int capacity) {
        return QueueConfig.builder()
                .capacity(capacity)
                .produceTimeout(Duration.ofMillis(300))
                .backoff(Backoff.fixed(Duration.ofMillis(50)))
                .build();
    }

    public static QueueConfig drainingFor(Duration drainTimeout) {
        return QueueConfig.builder().drainTimeout(drainTimeout).build();
    }

    public static Message message(String id, int maxRetries) {
        return Message.builder()
                .id(id)
                .payload(id.getBytes(UTF_8))
                .maxRetries(maxRetries)
                .build();
    }
}
