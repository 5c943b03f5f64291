package org.brokertck.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the integration tests share: the server that they were given, and that no thread may be left after a test. */
public abstract class WithServer {
    private static final String PROPERTY = "tck.test.rabbitmq.uri";

    /** For what the test makes on the server. */
    protected final String name = getClass().getSimpleName() + "-" + UUID.randomUUID();

    protected URI uri = URI.create("amqp://localhost");

    @BeforeEach
    public void findServer() {
        String given = System.getProperty(PROPERTY, "");
        assumeTrue(!given.isEmpty(), "NOT RUN: needs a RabbitMQ server, named by the system property " + PROPERTY);
        uri = URI.create(given);
    }

    @AfterEach
    public void noThreadIsLeft() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(thread -> thread.startsWith("brokertck-")));
    }

    /** A connection of the test's own. */
    protected Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        return factory.newConnection();
    }
}
