package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that keeps all feeds of an instance open, since opening waits for the server. */
final class Feeder {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(100);

    private final Link link;
    private final Loop loop;
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private final Set<Feed> ended = ConcurrentHashMap.newKeySet();

    Feeder(Link link, Loop.Threads threads) {
        this.link = link;
        this.loop = new Loop("feeder", threads, INTERVAL, this::look);
    }

    Loop loop() {
        return loop;
    }

    /** Begins to read. */
    void add(Feed feed) {
        feeds.add(feed);
        loop.ask();
    }

    /** Ends the reading; what arrives from now on is not handed over for long. */
    void remove(Feed feed) {
        if (feeds.remove(feed)) {
            ended.add(feed);
            loop.ask();
        }
    }

    private void look() throws InterruptedException {
        ended.removeIf(feed -> {
            feed.detach();
            return true;
        });
        if (feeds.isEmpty()) {
            return;
        }
        Connection connection = link.await(Deadline.in(SLICE));
        IOException failure = null;
        for (Feed feed : feeds) {
            try {
                feed.tend(connection);
            } catch (IOException e) {
                LOG.debug("Stream {} cannot be read", feed.stream(), e);
                link.dropIfSilent(e);
                failure = e;
            }
        }
        if (failure != null) {
            throw link.unavailable(failure);
        }
    }
}
