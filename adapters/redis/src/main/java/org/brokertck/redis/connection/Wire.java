package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection that any number of threads share: their commands go out one after another without waiting for each other's replies,
 * and what the server pushes comes in between. A thread of its own writes and another reads, so that no caller ever touches the
 * socket: who is interrupted, or waits no longer, harms nobody else's command.
 */
public final class Wire implements Caller, AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final RedisAddress address;
    private final SocketOpener opener;
    private final PushConnection connection;
    private final Consumer<List<Object>> pushes;
    private final Runnable afterLoss;
    private final LinkedBlockingQueue<Request> outgoing = new LinkedBlockingQueue<>();
    private final Queue<Request> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Thread writer;
    private final Thread reader;

    private Wire(
            RedisAddress address,
            SocketOpener opener,
            PushConnection connection,
            String name,
            Consumer<List<Object>> pushes,
            Runnable afterLoss) {
        this.address = address;
        this.opener = opener;
        this.connection = connection;
        this.pushes = pushes;
        this.afterLoss = afterLoss;
        this.writer = new Thread(this::write, name + "-writer");
        this.reader = new Thread(this::read, name + "-reader");
        writer.setDaemon(true);
        reader.setDaemon(true);
    }

    /**
     * Connects and logs in.
     *
     * @param opener makes the socket; whoever holds it can break off the connecting
     * @param name of the threads, and for the server's list of clients; no spaces
     * @param pushes takes what the server pushes, but for confirmations; on the reading thread, which it must not hold up
     * @param afterLoss is run once when the connection has ended, whoever ended it; on the reading thread
     * @throws RedisFailure when there is no connection, or the server refuses the login
     */
    public static Wire open(
            RedisAddress address, SocketOpener opener, String name, Consumer<List<Object>> pushes, Runnable afterLoss) {
        try {
            DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                    .resp3()
                    .user(address.user())
                    .password(address.password())
                    .database(address.database())
                    .clientName(name)
                    .build();
            PushConnection connection = new PushConnection(opener, config);
            Wire wire = new Wire(address, opener, connection, name, pushes, afterLoss);
            connection.begin(wire::pushed);
            wire.writer.start();
            wire.reader.start();
            return wire;
        } catch (JedisDataException e) {
            opener.cut();
            throw Link.failure(address, Kind.REFUSED, e);
        } catch (JedisException e) {
            opener.cut();
            throw Link.failure(address, Kind.NOT_SENT, e);
        }
    }

    /**
     * Sends a command and waits for the reply. Where none comes in time the connection is given up.
     *
     * @throws RedisFailure also when the thread is interrupted, whose flag then is set
     */
    @Override
    public @Nullable Object call(Duration timeout, ProtocolCommand command, byte[]... arguments) {
        Request request = sent(new Request(line(command, arguments), 0, () -> {}));
        try {
            return request.reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisFailure(request.withdraw() ? Kind.NOT_SENT : Kind.LOST, "interrupted", e);
        } catch (TimeoutException e) {
            Kind kind = request.withdraw() ? Kind.NOT_SENT : Kind.LOST;
            cut();
            throw new RedisFailure(kind, "no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RedisFailure failure
                    ? new RedisFailure(failure.kind(), failure.text(), failure.getCause())
                    : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Sends a command and does not wait for the reply.
     *
     * @return the reply; exceptionally with {@link RedisFailure}. Most often it completes on the reading thread, which what depends on it
     *     must not hold up
     */
    public CompletableFuture<@Nullable Object> submit(ProtocolCommand command, byte[]... arguments) {
        return sent(new Request(line(command, arguments), 0, () -> {})).reply;
    }

    /**
     * Sends a command that the server answers with one pushed confirmation per argument: one of the subscribing kind.
     *
     * @param whenConfirmed is run on the reading thread between what was pushed before and after the last confirmation
     * @return completes then; exceptionally with {@link RedisFailure}
     */
    public CompletableFuture<@Nullable Object> subscribe(
            ProtocolCommand command, List<byte[]> channels, Runnable whenConfirmed) {
        return sent(new Request(line(command, channels.toArray(byte[][]::new)), channels.size(), whenConfirmed)).reply;
    }

    /** Whether nothing spoke against it so far. */
    public boolean isUsable() {
        return !lost.get();
    }

    /** Breaks the connection under whoever uses it now. From any thread; never waits. */
    public void cut() {
        opener.cut();
        lose("the connection was closed", null);
    }

    /** Breaks the connection and waits for its threads, unless one of them asks for it. */
    @Override
    public void close() {
        cut();
        boolean interrupted = Thread.interrupted();
        Deadline deadline = Deadline.in(LONGEST_END);
        for (Thread thread : List.of(writer, reader)) {
            try {
                if (thread != Thread.currentThread()) {
                    thread.join(Math.max(1, deadline.left().toMillis()));
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Request sent(Request request) {
        outgoing.add(request);
        if (lost.get() && outgoing.remove(request)) {
            request.lost("the connection was closed", null);
        }
        return request;
    }

    private void write() {
        try {
            while (!lost.get()) {
                Request request = outgoing.take();
                while (request != null) {
                    if (request.leave()) {
                        unanswered.add(request);
                        connection.write(request.line);
                    }
                    request = outgoing.poll();
                }
                // One system call for all that had gathered.
                connection.writeOut();
            }
        } catch (InterruptedException e) {
            // The end.
        } catch (RuntimeException e) {
            lose(e);
        } finally {
            failAll("the connection was closed", null);
        }
    }

    private void read() {
        try {
            while (!lost.get()) {
                readOne();
            }
        } catch (RuntimeException e) {
            lose(e);
        } finally {
            opener.cut();
            failAll("the connection was closed", null);
            afterLoss.run();
        }
    }

    private void readOne() {
        try {
            Object reply = connection.read();
            next().answered(reply);
        } catch (JedisDataException e) {
            next().refused(Link.failure(address, Kind.REFUSED, e));
        }
    }

    private Request next() {
        Request request = unanswered.poll();
        if (request == null) {
            throw new IllegalStateException("The server sent a reply that nobody asked for");
        }
        return request;
    }

    private void pushed(List<Object> message) {
        String type = message.get(0) instanceof byte[] bytes ? Bytes.text(bytes) : "";
        if (!type.endsWith("subscribe")) {
            pushes.accept(message);
            return;
        }
        Request request = unanswered.peek();
        if (request != null && request.isConfirmedByPushes() && request.confirmed()) {
            unanswered.remove();
        }
    }

    private void lose(RuntimeException e) {
        opener.cut();
        RedisFailure failure = e instanceof JedisException known ? Link.failure(address, Kind.LOST, known) : null;
        lose(failure == null ? "unexpected: " + e : failure.text(), failure);
    }

    private void lose(String text, @Nullable Throwable cause) {
        if (lost.compareAndSet(false, true)) {
            failAll(text, cause);
            writer.interrupt();
        }
    }

    private void failAll(String text, @Nullable Throwable cause) {
        for (Request request = unanswered.poll(); request != null; request = unanswered.poll()) {
            request.lost(text, cause);
        }
        for (Request request = outgoing.poll(); request != null; request = outgoing.poll()) {
            request.lost(text, cause);
        }
    }

    private static CommandArguments line(ProtocolCommand command, byte[]... arguments) {
        CommandArguments line = new CommandArguments(command);
        for (byte[] argument : arguments) {
            line.add(argument);
        }
        return line;
    }

    /** Whether the server still answers. @throws RedisFailure when it does not; the connection is then given up */
    public void probe(Duration timeout) {
        Object unused = call(timeout, Command.PING);
    }
}
