package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.redis.connection.Inbox;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.WaitingLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads what comes back to one instance. It starts with the first request. */
final class ReplyReader {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final ExchangeParts parts;
    private final RequestBook<PendingRequest> book;
    private final Inbox inbox;
    private final WaitingLink link;
    private final Thread thread;
    private final Patience patience = new Patience();
    private final AtomicBoolean started = new AtomicBoolean();

    ReplyReader(ExchangeParts parts, RequestBook<PendingRequest> book) {
        this.parts = parts;
        this.book = book;
        this.inbox = new Inbox(parts.keys().replies(parts.instance()));
        String name = parts.threadName("replies");
        this.link = new WaitingLink(parts.address(), name);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void startOnce() {
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    boolean isStarted() {
        return started.get();
    }

    private void run() {
        int done = 0;
        while (!parts.lifecycle().isClosing()) {
            try {
                done = read(done);
                patience.reset();
            } catch (RedisFailure e) {
                // How far the server heard of what is done is unknown: what comes twice finds nobody the second time.
                done = 0;
                recover(e);
            } catch (RuntimeException e) {
                LOG.error("{} met something unexpected", thread.getName(), e);
                done = 0;
                recover(new RedisFailure(RedisFailure.Kind.LOST, "unexpected", e));
            }
        }
        link.close();
    }

    private int read(int done) {
        Link current = link.connected(TIMEOUT, unused -> {});
        List<byte[]> entries = inbox.take(current, TIMEOUT, done);
        if (entries.isEmpty()) {
            byte[] first = link.waiting(current, it -> inbox.await(it, HOLD, TIMEOUT));
            entries = first == null ? List.of() : List.of(first);
        }
        entries.forEach(this::accept);
        return entries.size();
    }

    private void accept(byte[] bytes) {
        try {
            ReplyEntry entry = ReplyEntry.decode(bytes);
            PendingRequest request = book.find(entry.number());
            if (request == null) {
                // Late: it is discarded.
                return;
            }
            switch (entry.kind()) {
                case REPLY -> book.answer(request, entry.reply());
                case FAILURE -> book.fail(request, new ResponderFailedException(request.topic(), entry.failure()));
                case NOBODY -> book.unanswerable(request);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("{} dropped a reply that is none of ours ({})", thread.getName(), e.getMessage());
        }
    }

    private void recover(RedisFailure failure) {
        link.cut();
        if (parts.lifecycle().isClosing()) {
            return;
        }
        LOG.warn("{} lost Redis ({}) and tries again", thread.getName(), failure.text());
        try {
            boolean unused = parts.lifecycle().pause(patience.next());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a close.
        }
    }

    /** The instance is closing: breaks the connection, and waits for the thread. */
    void close() throws InterruptedException {
        link.close();
        if (started.get()) {
            thread.join(LONGEST_END.toMillis());
        }
    }
}
