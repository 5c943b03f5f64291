package org.brokertck.reference.partitioned;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/** One partition of a topic: a log, with a fast way in for when there is room and a slow one for when there is none. */
final class Partition {
    private final int number;
    private final Surroundings around;
    private final PartitionLog log;
    private final Intake intake;
    private final HandOvers handOvers = new HandOvers();

    Partition(String topic, int number, Surroundings around) {
        this.number = number;
        this.around = around;
        this.log = new PartitionLog(topic, number, around.config().partitionCapacity());
        this.intake = new Intake(topic, number, around, log);
    }

    /**
     * Appends a record, and returns when readers see it. Where records linger the bound stays 0, so that all go the slow way.
     *
     * @param value from now on the record's own
     * @param headers from now on the record's own
     * @return its offset
     */
    long append(@Nullable String key, byte[] value, Map<String, String> headers, long millis) {
        long offset = log.tryAppend(key, value, headers, millis);
        if (offset == PartitionLog.NO_ROOM) {
            return intake.append(key, value, headers);
        }
        roomMayHaveBeenMade();
        return offset;
    }

    /** Appends a record, and returns when there is room for it. */
    CompletableFuture<Position> appendAsync(
            @Nullable String key, byte[] value, Map<String, String> headers, long millis) {
        return around.lingers()
                ? intake.appendAsync(key, value, headers)
                : CompletableFuture.completedFuture(new Position(number, append(key, value, headers, millis)));
    }

    /** To be called after every step that may have raised the floor: a commit, or a record that is written at last. */
    void roomMayHaveBeenMade() {
        if (intake.someoneWaits()) {
            intake.admit();
        }
    }

    int number() {
        return number;
    }

    @Nullable
    PartitionRecord at(long offset) {
        return log.at(offset);
    }

    List<PartitionRecord> read(long from, int limit) {
        return log.read(from, limit);
    }

    void readerSleeps() {
        log.readerSleeps();
    }

    /** A reader has taken what came before this offset. */
    void handedOver(long end) {
        handOvers.upTo(end);
    }

    void attach(Cursor cursor, PartitionLog.Start start) {
        intake.attach(cursor, start);
    }

    /** Sends what lingers, and refuses everything from now on. */
    void close() {
        intake.close();
    }

    long records() {
        return log.end();
    }

    long bytes() {
        return log.bytes();
    }

    long batches() {
        return around.lingers()
                ? intake.batches()
                : handOvers.batches(log.end(), around.config().batchSize());
    }
}
