package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What an instance has sent and not heard of yet. Each message carries the instance and a number in a header: a returned
 * message is told by it, and so is one that a consumer receives before its confirm arrives, which is usual, and after its
 * confirm was lost, or again after its acknowledgement was lost.
 */
public final class Ledger {
    private static final int MOST_LOST = 100_000;

    private final String instance = UUID.randomUUID() + ":";
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Publication> open = new ConcurrentHashMap<>();
    private final Map<Long, Runnable> lost = new ConcurrentHashMap<>();
    private final Acknowledgements acknowledgements = new Acknowledgements();

    /** Enters a publication and marks its message. */
    public long enter(Publication publication) {
        long number = numbers.incrementAndGet();
        publication.message().headers().put(HeaderNames.PUBLICATION, instance + number);
        open.put(number, publication);
        return number;
    }

    /** Its outcome is known. */
    public void settle(long number) {
        open.remove(number);
    }

    /** Its outcome is unknown, and shows only if the message is delivered some day. */
    public void lose(long number) {
        Publication publication = open.remove(number);
        if (publication != null && lost.size() < MOST_LOST) {
            lost.put(number, publication::taken);
        }
    }

    /** A message was delivered: if it is one of this instance's, then the server has it. */
    public void delivered(BasicProperties properties) {
        Long number = number(properties);
        if (number == null) {
            return;
        }
        Publication publication = open.get(number);
        if (publication != null) {
            publication.taken();
        }
        Runnable taken = lost.remove(number);
        if (taken != null) {
            taken.run();
        }
    }

    /** A message was returned as unroutable. */
    public void returned(BasicProperties properties) {
        Long number = number(properties);
        Publication publication = number == null ? null : open.get(number);
        if (publication != null) {
            publication.returned();
        }
    }

    /** What consumers of the instance's own queues acknowledged. */
    public Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    private @Nullable Long number(BasicProperties properties) {
        String mark = Acknowledgements.mark(properties);
        try {
            return mark.startsWith(instance) ? Long.valueOf(mark.substring(instance.length())) : null;
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }
}
