package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer: a thread that takes one entry, handles it, settles it, and only then takes the next. What it was given it
 * always handles, also when it is closed in that moment: giving it back could let a later one overtake it.
 */
final class RedisConsumer implements Consumer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConsumer.class);

    private final QueueParts parts;
    private final String name;
    private final MessageHandler handler;
    private final ConsumerList list;
    private final Reader reader;
    private final Settler settler;
    private final Thread thread;
    private final Attempt attempt = new Attempt();
    private final Patience patience = new Patience();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile @Nullable Deadline drain;
    private volatile boolean settling;

    RedisConsumer(QueueParts parts, long number, MessageHandler handler, ConsumerList list, Retries retries) {
        this.parts = parts;
        this.name = ConsumerName.of(parts.instance(), number);
        this.handler = handler;
        this.list = list;
        this.reader = new Reader(parts, name);
        this.settler = new Settler(parts, name, reader, retries);
        this.thread = new Thread(this::run, parts.threadName("consumer-" + number));
        thread.setDaemon(true);
    }

    /**
     * Connects and starts.
     *
     * @throws RedisFailure when there is no connection; then nothing is left of it
     * @throws org.brokertck.api.ClosedException when the queue was closed meanwhile
     */
    void start() {
        try {
            Link unused = reader.connected();
        } catch (RedisFailure e) {
            reader.cut();
            throw e;
        }
        synchronized (this) {
            if (drain != null) {
                reader.cut();
                ended.countDown();
                throw parts.lifecycle().closed();
            }
            thread.start();
        }
    }

    String name() {
        return name;
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Begins to end, and returns at once. Only the first deadline counts. */
    synchronized void beginEnding(Deadline deadline) {
        if (drain == null) {
            drain = deadline;
            ending.countDown();
        }
    }

    /** Also when only the queue closes and this consumer was not told yet: no handler may start any more. */
    boolean isEnding() {
        return ending.getCount() == 0 || parts.lifecycle().isClosing();
    }

    /** When its running handler must be done; for ever while it is not ending. */
    @Nullable
    Deadline drain() {
        return drain;
    }

    /** Whether a handler runs whose outcome counts. */
    boolean isHandling() {
        return attempt.isRunning();
    }

    Reader reader() {
        return reader;
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        if (!ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        // Nothing is left to do for it but to end.
        thread.join();
        return true;
    }

    /** Ends the attempt without an outcome, and whatever the thread waits for. */
    void cutOff() {
        attempt.cutOff();
        thread.interrupt();
        reader.cut();
    }

    /** Whether it must not try any longer to tell the server an outcome. */
    boolean isGivenUp() {
        return attempt.isCutOff();
    }

    /** Waits before an outcome is told again, but no longer than until it is given up. An end that only begins changes nothing. */
    void pauseUnlessGivenUp(Duration duration) {
        attempt.pause(duration);
    }

    /** Whether an outcome is on its way to the server. */
    boolean isSettling() {
        return settling;
    }

    @Override
    public void close() {
        beginEnding(Deadline.in(parts.config().drainTimeout()));
        if (!isCurrentThread()) {
            new Ending(parts, list).await(this);
        }
    }

    private void run() {
        try {
            Entry entry = null;
            while (entry != null || !isEnding()) {
                entry = entry == null ? next() : handle(entry);
            }
        } finally {
            retire();
            reader.cut();
            ended.countDown();
            // Last: who closes the queue waits for those in the list.
            list.remove(this);
        }
    }

    private @Nullable Entry next() {
        try {
            Entry entry = reader.take();
            if (entry == null && !isEnding()) {
                entry = reader.await();
            }
            patience.reset();
            return entry;
        } catch (RedisFailure e) {
            recover(e);
            return null;
        } catch (RuntimeException e) {
            // A reply that makes no sense: a consumer does not die of it.
            LOG.error("Consumer {} met something unexpected", thread.getName(), e);
            recover(new RedisFailure(RedisFailure.Kind.LOST, "unexpected", e));
            return null;
        }
    }

    /** The next use connects again, and makes the queue anew where the server came back without it. */
    private void recover(RedisFailure failure) {
        reader.cut();
        if (isEnding()) {
            return;
        }
        LOG.warn("Consumer {} lost Redis ({}) and tries again", thread.getName(), failure.text());
        try {
            boolean unused = ending.await(patience.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // A cut-off: the loop sees it.
        }
    }

    /** @return the next entry, when it was taken already */
    private @Nullable Entry handle(Entry entry) {
        parts.ledger().seen(EntryCodec.by(entry));
        Message message;
        try {
            message = EntryCodec.message(entry);
        } catch (IllegalArgumentException e) {
            LOG.warn("Entry {} of queue {} is none of ours ({}): set aside", entry.id(), parts.queue(), e.getMessage());
            settler.setForeignAside(entry, this);
            return null;
        }
        if (!attempt.begin()) {
            return null;
        }
        Throwable failure = attempted(message);
        if (!attempt.end()) {
            return null;
        }
        // What the handler left behind must not break the settling.
        boolean unused = Thread.interrupted();
        settling = true;
        try {
            if (failure == null) {
                return settler.succeeded(entry, this);
            }
            settler.failed(entry, message, failure, this);
            return null;
        } finally {
            settling = false;
        }
    }

    private @Nullable Throwable attempted(Message message) {
        parts.counters().running.incrementAndGet();
        try {
            handler.handle(message);
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            parts.counters().running.decrementAndGet();
        }
    }

    private void retire() {
        boolean unused = Thread.interrupted();
        if (attempt.isCutOff()) {
            // Whoever cut it off does that.
            return;
        }
        try {
            Boolean unusedToo = reader.use(link -> {
                parts.server().retire(link, Ending.TIMEOUT, name);
                return true;
            });
        } catch (RedisFailure e) {
            LOG.debug("Consumer {} could not sign off ({}); the sweep will do it", name, e.text());
        }
    }
}
