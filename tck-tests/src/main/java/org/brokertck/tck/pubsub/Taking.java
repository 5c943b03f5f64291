package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.pubsub.RecordedSubscription;

/**
 * Takes from one subscription until nothing more comes.
 *
 * @param subscription whose messages these are
 * @param slice how long one poll waits at most, since the deadline may change meanwhile
 * @param busyMicros how long each message keeps the taker busy, in microseconds
 */
record Taking(RecordedSubscription subscription, Duration slice, int busyMicros) {
    private static final int IDLE_SLICES = 10;

    /**
     * Takes until the sentinels of all publishers have come, or the subscription has ended and is empty, or it is known that nothing
     * more comes, or that may be and nothing has come for some slices, or the deadline has passed.
     */
    void upTo(
            Sentinels sentinels, LongSupplier deadlineNanos, BooleanSupplier complete, BooleanSupplier maybeComplete) {
        Set<String> seen = new HashSet<>();
        int idle = 0;
        while (!sentinels.allSeen(subscription, seen)) {
            long left = deadlineNanos.getAsLong() - System.nanoTime();
            Duration wait = left <= 0 ? Duration.ZERO : left < slice.toNanos() ? Duration.ofNanos(left) : slice;
            Optional<Message> message = subscription.poll(wait);
            if (message.isPresent()) {
                message.map(Message::id).filter(Sentinels::isSentinel).ifPresent(seen::add);
                pause();
                idle = 0;
            } else if (subscription.endReason().isPresent() || complete.getAsBoolean()) {
                // One may have come between the poll and its end.
                takeTheRest();
                break;
            } else if (maybeComplete.getAsBoolean() && (++idle == IDLE_SLICES || left <= 0)) {
                break;
            } else if (left <= 0) {
                return;
            }
        }
        subscription.drained();
    }

    private void takeTheRest() {
        while (subscription.poll(Duration.ZERO).isPresent()) {
            pause();
        }
    }

    private void pause() {
        if (busyMicros > 0) {
            LockSupport.parkNanos(busyMicros * 1000L);
        }
    }
}
