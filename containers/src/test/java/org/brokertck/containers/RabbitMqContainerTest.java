package org.brokertck.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresDocker
@Timeout(180)
class RabbitMqContainerTest {
    private static BrokerContainer broker;
    private static BrokerControl control;
    private static final ConnectionFactory FACTORY = new ConnectionFactory();

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerContainer.start(ContainerSpec.of("rabbitmq"));
        control = broker.control();
        FACTORY.setUri(broker.uri());
        FACTORY.setAutomaticRecoveryEnabled(false);
    }

    @AfterAll
    static void close() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void recover() {
        control.resume();
        control.start();
    }

    @Test
    void whatIsPersistentOutlivesAKill() throws Exception {
        try (Connection connection = FACTORY.newConnection();
                Channel channel = connection.createChannel()) {
            publish(channel, "kill");
            // The server writes down that there is the queue up to two seconds after it has confirmed it.
            await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
            control.kill();
            await().until(() -> !connection.isOpen());
        } catch (IOException | AlreadyClosedException e) {
            // Closing what the kill broke.
        }
        assertThatThrownBy(FACTORY::newConnection).isInstanceOf(ConnectException.class);

        control.start();

        try (Connection connection = FACTORY.newConnection();
                Channel channel = connection.createChannel()) {
            assertThat(take(channel, "kill")).isEqualTo("hello");
        }
    }

    @Test
    void answersNothingWhileItIsPaused() throws Exception {
        FACTORY.setChannelRpcTimeout(1_000);
        try (Connection connection = FACTORY.newConnection();
                Channel channel = connection.createChannel()) {
            control.pause();
            assertThatThrownBy(() -> channel.basicQos(1)).hasRootCauseInstanceOf(TimeoutException.class);

            control.resume();

            try (Channel other = connection.createChannel()) {
                publish(other, "pause");
                assertThat(take(other, "pause")).isEqualTo("hello");
            }
        } finally {
            FACTORY.setChannelRpcTimeout(ConnectionFactory.DEFAULT_CHANNEL_RPC_TIMEOUT);
        }
    }

    @Test
    void aCutBreaksConnectionsAndTheServerStays() throws Exception {
        try (Connection connection = FACTORY.newConnection()) {
            control.cutConnections();
            await().until(() -> !connection.isOpen());
        } catch (AlreadyClosedException e) {
            // Closing what the cut broke.
        }
        try (Connection connection = FACTORY.newConnection()) {
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void aKillOfAPausedServerIsAKill() throws Exception {
        control.pause();
        control.kill();
        control.kill();
        assertThatThrownBy(FACTORY::newConnection).isInstanceOf(ConnectException.class);
        control.resume();

        control.start();

        FACTORY.newConnection().close();
    }

    @Test
    void offersEachFaultAndHidesThePassword() {
        assertThat(control.faults()).containsExactlyInAnyOrder(Fault.values());
        String credentials = broker.uri().getUserInfo();
        String password = credentials.substring(credentials.indexOf(':') + 1);
        assertThat(password).hasSize(32);
        assertThat(broker.toString()).contains("127.0.0.1").doesNotContain(password);
    }

    @Test
    void takesNoArguments() {
        ContainerSpec spec = ContainerSpec.of("rabbitmq").withArguments("--appendonly");
        assertThatThrownBy(() -> BrokerContainer.start(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment");
    }

    private static void publish(Channel channel, String queue) throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
        channel.confirmSelect();
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, "hello".getBytes(UTF_8));
        channel.waitForConfirmsOrDie(10_000);
    }

    private static String take(Channel channel, String queue) throws IOException {
        GetResponse response = channel.basicGet(queue, true);
        return response == null ? "nothing" : new String(response.getBody(), UTF_8);
    }
}
