package org.brokertck.redis.queue;

import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The produce calls under way. Each has a lane to itself for as long as it lasts, so that the server need remember only one
 * number per lane. A message may reach a consumer before its producer hears that it was taken; so that no sample shows more
 * consumed than produced, it is then counted there and then.
 */
final class Ledger {
    /** How many calls of unknown outcome are remembered, in case their messages turn up. */
    private static final int MOST_DOUBTFUL = 10_000;

    private final String instance;
    private final Counters counters;
    private final AtomicLong lanes = new AtomicLong();
    private final Deque<long[]> idle = new ConcurrentLinkedDeque<>();
    private final Map<String, Ticket> open = new ConcurrentHashMap<>();
    private final Queue<Ticket> doubtful = new ConcurrentLinkedQueue<>();

    Ledger(String instance, Counters counters) {
        this.instance = instance;
        this.counters = counters;
    }

    Ticket begin() {
        long[] lane = idle.pollFirst();
        Ticket ticket = lane == null
                ? new Ticket(instance, lanes.incrementAndGet(), 1)
                : new Ticket(instance, lane[0], lane[1] + 1);
        open.put(ticket.token(), ticket);
        return ticket;
    }

    /** The message is in the queue. */
    void taken(Ticket ticket) {
        count(ticket);
        free(ticket);
    }

    /** The message is not and never will be in the queue. */
    void refused(Ticket ticket) {
        free(ticket);
    }

    private void free(Ticket ticket) {
        open.remove(ticket.token());
        idle.addFirst(new long[] {ticket.lane(), ticket.number()});
    }

    /** Nobody knows. The lane is not used again: a late arrival would not be told from its successor. */
    void doubtful(Ticket ticket) {
        doubtful.add(ticket);
        if (doubtful.size() > MOST_DOUBTFUL) {
            Ticket oldest = doubtful.poll();
            if (oldest != null) {
                open.remove(oldest.token());
            }
        }
    }

    /** A consumer got the message of a produce call, perhaps of this instance. */
    void seen(String token) {
        Ticket ticket = open.get(token);
        if (ticket != null) {
            count(ticket);
        }
    }

    private void count(Ticket ticket) {
        if (ticket.count()) {
            counters.produced.increment();
        }
    }
}
