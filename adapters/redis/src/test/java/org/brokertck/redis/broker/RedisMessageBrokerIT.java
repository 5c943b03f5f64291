package org.brokertck.redis.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.redis.WithServer;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.SocketOpener;
import org.junit.jupiter.api.Test;

/** What the kit cannot see of the message broker: what is kept on the server, bounds, and what becomes of the dead. */
class RedisMessageBrokerIT extends WithServer {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String name = "it-" + System.nanoTime();
    private final String prefix = "{brokertck-broker:" + name + "}:";
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private MessageBroker open(int capacity) {
        return broker.openBroker(
                name,
                BrokerConfig.builder()
                        .capacity(capacity)
                        .produceTimeout(Duration.ofMillis(200))
                        .build());
    }

    private List<String> keys() {
        List<?> found = (List<?>) Objects.requireNonNull(server.call("KEYS", prefix + "*"));
        return found.stream().map(Bytes::text).toList();
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    @Test
    void nothingWaitsOnceAllHaveClosed() {
        MessageBroker it = open(100);
        CountDownLatch gate = new CountDownLatch(1);
        it.subscribe("t", message -> heard.add(message.id())).close();
        it.subscribe("t", message -> gate.await());
        ids(10).forEach(id -> it.produce("t", message(id, 0)));
        assertThat(keys()).anyMatch(key -> key.contains("inbox:"));

        gate.countDown();
        it.close();

        assertThat(keys()).allMatch(key -> key.matches(".*:(pulse|grace)"));
        broker.removeBroker(name);
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatOneHasNoRoomForIsRefusedForAll() {
        MessageBroker it = open(3);
        CountDownLatch gate = new CountDownLatch(1);
        Queue<String> late = new ConcurrentLinkedQueue<>();
        it.subscribe("t", message -> heard.add(message.id()));
        it.subscribe("t", message -> {
            gate.await();
            late.add(message.id());
        });
        ids(3).forEach(id -> it.produce("t", message(id, 0)));

        assertThatThrownBy(() -> it.produce("t", message("refused", 0)))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("'t'")
                .hasMessageContaining("3 messages");
        assertThat(it.health().status()).isEqualTo(Health.DEGRADED);
        gate.countDown();

        await().until(() -> it.health().status() == Health.HEALTHY);
        await().until(() -> late.size() == 3);
        assertThat(late).containsExactlyElementsOf(ids(3));
        assertThat(heard).containsExactlyElementsOf(ids(3));
        assertThat(it.health().errors()).isEqualTo(1);
    }

    @Test
    void aProduceWaitsForRoom() {
        MessageBroker it = open(2);
        it.subscribe("t", message -> heard.add(message.id()));

        ids(200).forEach(id -> it.produce("t", message(id, 0)));

        await().until(() -> heard.size() == 200);
        assertThat(heard).containsExactlyElementsOf(ids(200));
    }

    @Test
    void aDeadSubscriberIsForgotten() {
        MessageBroker it = open(100);
        it.produce("t", message("first", 0));
        server.call("DEL", prefix + "grace");
        server.call("ZADD", prefix + "subscribers:t", "1", "dead:1");
        server.call("RPUSH", prefix + "inbox:dead:1", "what it never handled");

        it.produce("t", message("second", 0));

        assertThat(keys()).noneMatch(key -> key.matches(".*:(subscribers|inbox):.*"));
    }

    @Test
    void afterASilenceOfTheServerNoSubscriberIsTakenForDead() {
        MessageBroker it = open(100);
        server.call("ZADD", prefix + "subscribers:t", "1", "slow-to-come-back:1");
        server.call("SET", prefix + "pulse", "1");

        it.produce("t", message("m", 0));

        assertThat(server.call("LLEN", prefix + "inbox:slow-to-come-back:1")).isEqualTo(1L);
    }

    @Test
    void aSubscriberThatWasTakenForDeadComesBack() {
        MessageBroker it = open(100);
        it.subscribe("t", message -> heard.add(message.id()));
        it.produce("t", message("before", 0));
        await().until(() -> heard.contains("before"));

        server.call("DEL", prefix + "subscribers:t");
        server.call("CLIENT", "KILL", "TYPE", "normal");

        await().until(() -> Objects.equals(server.call("ZCARD", prefix + "subscribers:t"), 1L));
        it.produce("t", message("after", 0));
        await().until(() -> heard.contains("after"));
    }

    @Test
    void whatWasNotHandledComesAgainInOrder() {
        MessageBroker it = open(1000);
        CountDownLatch gate = new CountDownLatch(1);
        it.subscribe("t", message -> {
            gate.await();
            heard.add(message.id());
        });
        ids(150).forEach(id -> it.produce("t", message(id, 0)));

        server.call("CLIENT", "KILL", "TYPE", "normal");
        gate.countDown();

        await().until(() -> heard.stream().distinct().count() == 150);
        assertThat(heard.stream().distinct()).containsExactlyElementsOf(ids(150));
    }

    @Test
    void whatComesOverAConnectionThatWasGivenUpIsRefused() {
        BrokerServer commands = new BrokerServer(new BrokerKeys(name), "an-instance");
        URI uri = server.uri();
        RedisAddress address = RedisAddress.of(uri);
        try (Link link = Link.open(address, new SocketOpener(address, SECOND), "test")) {
            commands.beginEpoch(link, SECOND, 2);

            assertThat(commands.produce(link, SECOND, 1, "t", new byte[1], 10)).isEqualTo(BrokerServer.TOO_LATE);
            assertThat(commands.join(link, SECOND, 1, "t", "s:1")).isFalse();
            assertThat(commands.join(link, SECOND, 2, "t", "s:2")).isTrue();
            assertThat(commands.produce(link, SECOND, 2, "t", new byte[1], 10)).isEqualTo(1);
        } finally {
            broker.removeBroker(name);
        }
    }
}
