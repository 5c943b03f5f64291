package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.requestreply.Replies;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Opening;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SizeLimits;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.connection.Wiring;
import org.brokertck.redis.worker.Closing;
import org.brokertck.redis.worker.Crew;
import org.brokertck.redis.worker.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open instance of request/reply. It has a connection over which it asks, one over which it hears replies once it has asked, and one
 * for each responder.
 */
public final class RedisRequestReply implements RequestReply {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRequestReply.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final ExchangeParts parts;
    private final Crew<RedisResponder> responders;
    private final RequestBook<PendingRequest> book;
    private final Replies<PendingRequest> replies;
    private final Asker asker;
    private final ReplyReader reader;
    private final Closing closing;

    private RedisRequestReply(ExchangeParts parts) {
        this.parts = parts;
        this.responders = new Crew<>(parts.lifecycle(), parts.failures());
        this.book = new RequestBook<>(parts.name());
        this.replies = new Replies<>(book);
        this.asker = new Asker(parts, book);
        this.reader = new ReplyReader(parts, book);
        this.closing = new Closing(parts.threadName("closer"), this::beginClosing, this::end);
    }

    /**
     * Opens an instance.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when there is no connection; then nothing is left of it
     */
    public static RedisRequestReply open(String name, RequestReplyConfig config, RedisAddress address) {
        String threadName = "brokertck-redis-" + name;
        ExchangeKeys keys = new ExchangeKeys(name);
        ExchangeParts parts = new ExchangeParts(
                name,
                UUID.randomUUID().toString(),
                config,
                address,
                keys,
                new ExchangeServer(keys),
                new Lifecycle("Request/reply '" + name + "'"),
                new Failures(address),
                Timers.open(threadName + "-timer"),
                Timers.open(threadName + "-keeper"),
                new Wiring(address, threadName + "-link"),
                new AtomicLong());
        RedisRequestReply instance = new RedisRequestReply(parts);
        new Opening(parts.failures(), "open " + instance.describe()).run(instance::connect, instance::close);
        return instance;
    }

    private void connect() throws InterruptedException {
        Object unused = parts.wiring().connected(Deadline.in(parts.config().timeout()));
        new LeaseKeeper(parts, book, responders).start();
    }

    /** Deletes what is left of all instances of the name. */
    public static void remove(String name, Caller link, Duration timeout) {
        new ExchangeServer(new ExchangeKeys(name)).removeAll(link, timeout);
    }

    @Override
    public String name() {
        return parts.name();
    }

    @Override
    public Message request(String topic, Message request, Duration timeout) {
        return replies.await(send(topic, request, timeout));
    }

    @Override
    public CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
        return replies.future(send(topic, request, timeout));
    }

    private PendingRequest send(String topic, Message request, Duration timeout) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(request, "request");
        RequestReply.requireTimeout(timeout);
        parts.lifecycle().requireOpen();
        byte[] headers = SizeLimits.requireFits("topic '" + topic + "'", request.payloadSize(), request.headers());
        PendingRequest pending = asker.enter(topic, MessageCodec.encode(topic, request, headers), timeout);
        reader.startOnce();
        asker.ask(pending);
        return pending;
    }

    @Override
    public Responder respond(String topic, RequestHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        parts.lifecycle().requireOpen();
        RedisResponder responder = new RedisResponder(parts, topic, handler, responders);
        responders.start(
                responder, Deadline.in(parts.config().timeout()), "respond to '" + topic + "'", "nobody responds");
        return responder;
    }

    @Override
    public RequestReplyMetrics metrics() {
        return book.metrics(responders.count());
    }

    @Override
    public void close() {
        responders.close(closing, describe());
    }

    private void beginClosing() {
        parts.lifecycle().beginClosing();
        book.close();
        responders.beginClosing();
    }

    private void end() {
        try {
            responders.awaitEnd();
            reader.close();
            Wire wire = parts.wiring().ifConnected();
            if (wire != null && reader.isStarted()) {
                // After the requests, which were forgotten over the same connection: what is answered later finds no
                // request.
                parts.server().forgetReplies(wire, LAST_WORDS, parts.instance());
            }
        } catch (RedisFailure e) {
            LOG.debug("Request/reply {} could not sign off ({}); what is left ends by itself", parts.name(), e.text());
        } catch (InterruptedException e) {
            LOG.warn("The thread that closes request/reply {} was interrupted", parts.name());
        } finally {
            parts.wiring().close();
            Timers.stop(parts.keeper(), LAST_WORDS);
            Timers.stop(parts.timer(), LAST_WORDS);
        }
    }

    /** Whether the closing has begun. */
    public boolean isClosed() {
        return parts.lifecycle().isClosing();
    }

    private String describe() {
        return "request/reply '" + parts.name() + "'";
    }
}
