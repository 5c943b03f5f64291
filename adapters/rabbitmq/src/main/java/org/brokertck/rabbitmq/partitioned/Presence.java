package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.rabbitmq.connection.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that this instance is there, by a queue that goes with its connection, and looks whether the others are. One that is missing
 * may be on its way back from a lost connection: only after a while it is dead.
 */
final class Presence {
    /** How long an instance believes that it owns what it owns, after it showed that it is there. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(100);
    /** Longer than a lease, and the time that it takes to learn that a server is gone. */
    private static final Duration DOUBT = LEASE.plus(Duration.ofSeconds(5));

    private final LogParts parts;
    private final Lease lease;
    private final Loop loop;
    private final Map<String, Deadline> missing = new HashMap<>();
    private @Nullable Channel current;

    Presence(LogParts parts, Lease lease) {
        this.parts = parts;
        this.lease = lease;
        this.loop = new Loop("presence", parts.threads::helper, INTERVAL, this::look);
    }

    Loop loop() {
        return loop;
    }

    private void look() throws InterruptedException {
        Connection connection = parts.receiving.await(Deadline.in(SLICE));
        try {
            show(connection);
            lookForOthers(connection);
        } catch (IOException e) {
            // Nobody is dead for certain while the server is away.
            missing.clear();
            parts.receiving.dropIfSilent(e);
            throw parts.receiving.unavailable(e);
        }
    }

    private void show(Connection connection) throws IOException {
        Channel channel = current;
        if (channel == null || !channel.isOpen()) {
            channel = open(connection);
            current = channel;
        }
        long askedAt = System.nanoTime();
        AMQP.Queue.DeclareOk unused =
                channel.queueDeclare(parts.names.presence(parts.instanceName), false, true, true, null);
        lease.renew(askedAt);
    }

    private void lookForOthers(Connection connection) throws IOException {
        Set<String> others = new HashSet<>();
        parts.journal.state().everybody().forEach(member -> others.add(Member.instanceOf(member)));
        others.remove(parts.instanceName);
        missing.keySet().retainAll(others);
        for (String other : others) {
            if (isThere(connection, other)) {
                missing.remove(other);
            } else if (missing.computeIfAbsent(other, key -> Deadline.in(DOUBT)).passed()) {
                LOG.warn("Instance {} of broker {} is dead; what it owned is free", other, parts.names.broker());
                CompletableFuture<Long> unused = parts.journal.append(new Fact.Expelled(other));
                missing.remove(other);
            }
        }
    }

    private boolean isThere(Connection connection, String other) throws IOException {
        Channel channel = open(connection);
        try {
            AMQP.Queue.DeclareOk unused = channel.queueDeclarePassive(parts.names.presence(other));
            return true;
        } catch (IOException e) {
            int code = code(e);
            if (code == AMQP.NOT_FOUND) {
                return false;
            }
            if (code == AMQP.RESOURCE_LOCKED) {
                // It is another connection's, and so that one lives.
                return true;
            }
            throw e;
        } finally {
            channel.abort();
        }
    }

    private static int code(IOException failure) {
        return failure.getCause() instanceof ShutdownSignalException signal
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? close.getReplyCode()
                : 0;
    }

    private static Channel open(Connection connection) throws IOException {
        return connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
    }
}
