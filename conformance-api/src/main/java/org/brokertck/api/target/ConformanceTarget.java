package org.brokertck.api.target;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;

/**
 * An implementation as the kit sees it: it opens instances of the contracts, and claims what it supports. The kit calls one
 * target from one thread at a time, but uses several of its instances at once, and closes them all before the target.
 */
public interface ConformanceTarget extends AutoCloseable {
    /** A short name for reports, such as {@code in-memory}. */
    String name();

    /** The version of what is tested, for reports. */
    default String version() {
        return "unknown";
    }

    /** What the target claims beyond the rules that bind everyone. */
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /** The sizes up to which messages are taken. */
    default Limits limits() {
        return Limits.DEFAULT;
    }

    /**
     * Opens a queue. The kit uses each name for one test, and opens a name again only where durability is tested.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the queue
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has no message queue
     */
    default MessageQueue openQueue(String name, QueueConfig config) {
        throw new UnsupportedOperationException(name() + " has no message queue");
    }

    /**
     * Deletes what a server keeps of a queue: the kit calls it for every queue that it is done with, so that a run leaves
     * nothing behind. By then all instances of the queue are closed. Does nothing by default.
     *
     * @param name as given to {@link #openQueue}; a name that was never opened is no error
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     */
    default void removeQueue(String name) {}

    /**
     * A target on a manual clock, afresh with each call. Where there is one, the timing rules are checked exactly and in
     * virtual time; where there is none, by the wall clock with a tolerance.
     */
    default Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    /** A target that points nowhere; required for {@link Capability#REMOTE}. */
    default Optional<Unreachable> unreachable() {
        return Optional.empty();
    }

    /** The switch of the server, where the kit may use it. */
    default Optional<BrokerControl> control() {
        return Optional.empty();
    }

    /** Frees what the target holds, a container for instance. Does nothing by default. */
    @Override
    default void close() {}
}
