package org.brokertck.redis.connection;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumer;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushMessage;
import redis.clients.jedis.util.RedisInputStream;

/** A connection in RESP3, over which the server also sends what nobody asked for: one thread may write while another one reads. */
final class PushConnection extends Connection {
    /** Null while the constructor of the parent class logs in, when nothing is pushed yet. */
    private @Nullable Pushed pushed;

    PushConnection(JedisSocketFactory sockets, JedisClientConfig config) {
        super(sockets, config);
    }

    /** Ends the login: from now on reads take as long as they take. */
    void begin(Consumer<List<Object>> pushes) {
        pushed = new Pushed(pushes);
        setTimeoutInfinite();
    }

    void write(CommandArguments line) {
        sendCommand(line);
    }

    void writeOut() {
        flush();
    }

    /** Waits for the next reply; hands over all that is pushed before it. */
    @Nullable
    Object read() {
        return readProtocolWithCheckingBroken();
    }

    @Override
    protected Object protocolRead(RedisInputStream input, PushConsumerChain unused) {
        Pushed chain = pushed;
        return chain == null ? super.protocolRead(input, unused) : Protocol.read(input, chain);
    }

    private record Pushed(Consumer<List<Object>> pushes) implements PushConsumerChain {
        @Override
        public @Nullable PushMessage process(PushMessage message) {
            pushes.accept(message.getContent());
            // Null: it is dealt with, and the next is read.
            return null;
        }

        @Override
        public List<PushConsumer> getConsumers() {
            return List.of();
        }
    }
}
