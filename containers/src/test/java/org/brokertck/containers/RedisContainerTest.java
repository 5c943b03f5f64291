package org.brokertck.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

@RequiresDocker
@Timeout(120)
class RedisContainerTest {
    private static BrokerContainer broker;
    private static BrokerControl control;

    @BeforeAll
    static void start() {
        broker = BrokerContainer.start(ContainerSpec.of("redis"));
        control = broker.control();
    }

    @AfterAll
    static void close() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void recover() {
        control.start();
        control.resume();
    }

    @Test
    void whatWasWrittenOutlivesAKill() {
        try (Jedis jedis = connect(broker)) {
            jedis.set("kill", "hello");

            control.kill();

            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
            closeBroken(jedis);
        }
        assertThatThrownBy(() -> new Socket(
                        InetAddress.getLoopbackAddress(), broker.uri().getPort()))
                .isInstanceOf(ConnectException.class);

        control.start();

        try (Jedis jedis = connect(broker)) {
            assertThat(jedis.get("kill")).isEqualTo("hello");
        }
    }

    @Test
    void answersNothingWhileItIsPaused() {
        try (Jedis jedis = connect(broker)) {
            jedis.ping();
            control.pause();
            control.pause();
            assertThatThrownBy(jedis::ping).hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
        control.resume();
        control.resume();

        try (Jedis jedis = connect(broker)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aCutBreaksConnectionsAndTheServerStays() {
        try (Jedis jedis = connect(broker)) {
            jedis.set("cut", "hello");

            control.cutConnections();

            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
            closeBroken(jedis);
        }
        try (Jedis jedis = connect(broker)) {
            assertThat(jedis.get("cut")).isEqualTo("hello");
        }
    }

    @Test
    void withoutItsAppendOnlyFileItForgetsWhenKilled() {
        ContainerSpec unsafe = ContainerSpec.of("redis").withArguments("--appendonly", "no");
        try (BrokerContainer forgetful = BrokerContainer.start(unsafe)) {
            try (Jedis jedis = connect(forgetful)) {
                jedis.set("kill", "hello");
            }
            forgetful.control().kill();
            forgetful.control().start();
            try (Jedis jedis = connect(forgetful)) {
                assertThat(jedis.get("kill")).isNull();
            }
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        try (Jedis jedis = new Jedis(broker.uri().getHost(), broker.uri().getPort())) {
            assertThatThrownBy(jedis::ping).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void aTargetOwnsItsServerAndIsGoneWithIt() {
        ConformanceTarget target = ContainerTargets.start("redis");
        Optional<BrokerControl> hand = target.control();
        target.close();
        target.close();

        assertThat(hand).isPresent();
        assertThatThrownBy(() -> hand.orElseThrow().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aMissingImageFailsWithinSecondsAndNamesItAndItsSetting() {
        ContainerSpec spec = ContainerSpec.of("redis").withImage("brokertck/missing:none");
        Instant begin = Instant.now();

        assertThatThrownBy(() -> BrokerContainer.start(spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("brokertck/missing:none", "-Dtck.image.redis");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aServerThatEndsInsteadOfServingFailsAtOnceWithItsLog() {
        ContainerSpec spec = ContainerSpec.of("redis").withArguments("--appendfsync", "sometimes");
        Instant begin = Instant.now();

        assertThatThrownBy(() -> BrokerContainer.start(spec))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("redis", "ended", "FATAL CONFIG FILE ERROR", "sometimes");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    /** The first closing of a broken connection throws, since it still has bytes to send. */
    private static void closeBroken(Jedis jedis) {
        try {
            jedis.close();
        } catch (JedisConnectionException e) {
            // It is closed.
        }
    }

    private static Jedis connect(BrokerContainer to) {
        return new Jedis(to.uri(), 2_000);
    }
}
