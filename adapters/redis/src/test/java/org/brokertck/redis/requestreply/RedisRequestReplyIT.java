package org.brokertck.redis.requestreply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.redis.WithServer;
import org.brokertck.redis.connection.Bytes;
import org.junit.jupiter.api.Test;

/** What the kit cannot see of request/reply: what is kept on the server, and what becomes of the dead. */
class RedisRequestReplyIT extends WithServer {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String name = "it-" + System.nanoTime();
    private final String prefix = "{brokertck-requests:" + name + "}:";

    private RequestReply open() {
        return broker.openRequestReply(name, RequestReplyConfig.defaults());
    }

    private static Message reply(Message request) {
        return message("reply-to-" + request.id(), 0);
    }

    private List<String> keys() {
        List<?> found = (List<?>) Objects.requireNonNull(server.call("KEYS", prefix + "*"));
        return found.stream().map(Bytes::text).toList();
    }

    private long serverMillis() {
        List<?> time = (List<?>) Objects.requireNonNull(server.call("TIME"));
        return Long.parseLong(Bytes.text(time.get(0))) * 1000 + Long.parseLong(Bytes.text(time.get(1))) / 1000;
    }

    @Test
    void nothingIsKeptOnceAllHaveClosed() {
        RequestReply asking = open();
        RequestReply answering = open();
        CountDownLatch never = new CountDownLatch(1);
        answering.respond("quick", RedisRequestReplyIT::reply);
        answering.respond("slow", request -> {
            never.await();
            return reply(request);
        });
        assertThat(asking.request("quick", message("m", 0), LONG).id()).isEqualTo("reply-to-m");
        for (int i = 0; i < 3; i++) {
            Object unused = asking.requestAsync("slow", message("slow-" + i, 0), LONG);
        }
        await().until(() -> keys().contains(prefix + "line:slow"));

        asking.close();
        assertThat(keys()).noneMatch(key -> key.contains("request:"));
        never.countDown();
        answering.close();

        assertThat(keys()).isEmpty();
    }

    @Test
    void whatATimeoutLeavesBehindGoes() {
        RequestReply exchange = open();
        CountDownLatch gate = new CountDownLatch(1);
        exchange.respond("slow", request -> {
            gate.await();
            return reply(request);
        });
        for (int i = 0; i < 5; i++) {
            Object unused = exchange.requestAsync("slow", message("m" + i, 0), Duration.ofMillis(200));
        }

        await().until(() -> exchange.metrics().timedOut() == 5);
        await().until(() -> keys().stream().noneMatch(key -> key.matches(".*:(request|line):.*")));
        gate.countDown();
    }

    @Test
    void aResponderWhoseLeaseHasRunOutDoesNotCount() {
        RequestReply exchange = open();
        server.call("ZADD", prefix + "responders:t", String.valueOf(serverMillis() - 1), "dead:1");

        assertThatThrownBy(() -> exchange.request("t", message("m", 0), LONG)).isInstanceOf(NoResponderException.class);
    }

    @Test
    void whatADeadResponderHadInHandGoesToTheOthers() {
        RequestReply exchange = open();
        server.call("ZADD", prefix + "responders:t", String.valueOf(serverMillis() + 1000), "dead:1");
        CompletableFuture<Message> future = exchange.requestAsync("t", message("m", 0), LONG);
        await().until(() -> server.call("LMOVE", prefix + "line:t", prefix + "hand:dead:1", "LEFT", "RIGHT") != null);

        exchange.respond("t", RedisRequestReplyIT::reply);

        assertThat(future.join().id()).isEqualTo("reply-to-m");
        assertThat(keys()).doesNotContain(prefix + "hand:dead:1");
    }

    @Test
    void lostConnectionsLoseNoAnswer() {
        RequestReply exchange = open();
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            exchange.respond("t", request -> {
                handled.incrementAndGet();
                gate.await();
                return reply(request);
            });
        }
        List<CompletableFuture<Message>> futures = IntStream.range(0, 4)
                .mapToObj(i -> exchange.requestAsync("t", message("m" + i, 0), LONG))
                .toList();
        await().until(() -> handled.get() == 4);

        server.call("CLIENT", "KILL", "TYPE", "normal");
        gate.countDown();

        for (int i = 0; i < 4; i++) {
            assertThat(futures.get(i).join().id()).isEqualTo("reply-to-m" + i);
        }
        assertThat(handled).hasValue(4);
    }

    @Test
    void manyAreAnsweredByMany() {
        RequestReply asking = open();
        RequestReply answering = open();
        for (int i = 0; i < 8; i++) {
            answering.respond("t", RedisRequestReplyIT::reply);
        }

        List<CompletableFuture<Message>> futures = IntStream.range(0, 2000)
                .mapToObj(i -> asking.requestAsync("t", message("m" + i, 0), LONG))
                .toList();

        for (int i = 0; i < futures.size(); i++) {
            assertThat(futures.get(i).join().id()).isEqualTo("reply-to-m" + i);
        }
        assertThat(asking.metrics().answered()).isEqualTo(2000);
    }

    @Test
    void removingDeletesWhatWasLeftBehind() {
        server.call("RPUSH", prefix + "line:t", "dead:1");

        broker.removeRequestReply(name);

        assertThat(keys()).isEmpty();
    }
}
