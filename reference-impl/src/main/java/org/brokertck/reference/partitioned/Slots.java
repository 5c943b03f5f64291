package org.brokertck.reference.partitioned;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a partition: at least as many slots as it has places, in chunks that come to be when they are first written, so
 * that a partition costs what it holds and not what it may hold. A record tells its own offset, which tells whether a slot is
 * written already, or still has what lay there a lap before.
 */
final class Slots {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(PartitionRecord[].class);
    private static final int MOST_IN_CHUNK = 1 << 12;

    private final AtomicReferenceArray<PartitionRecord @Nullable []> chunks;
    private final int inChunk;
    private final int chunkShift;
    private final int chunkMask;

    /** @param atLeast 1 or more */
    Slots(int atLeast) {
        int slots = atLeast == 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
        inChunk = Math.min(slots, MOST_IN_CHUNK);
        chunkShift = Integer.numberOfTrailingZeros(inChunk);
        int number = slots >>> chunkShift;
        chunkMask = number - 1;
        chunks = new AtomicReferenceArray<>(number);
    }

    /** What was written last to the slot of an offset: its record, or one of a lap before or after, or null. */
    @Nullable
    PartitionRecord slotOf(long offset) {
        PartitionRecord[] chunk = chunks.getAcquire(chunkOf(offset));
        return chunk == null ? null : (PartitionRecord) SLOT.getAcquire(chunk, slotIn(offset));
    }

    /** Puts a record into its slot. A full fence follows: whoever looks afterwards for somebody asleep cannot miss one. */
    void put(PartitionRecord record) {
        long offset = record.offset();
        PartitionRecord[] chunk = chunks.getAcquire(chunkOf(offset));
        SLOT.setVolatile(chunk == null ? newChunk(chunkOf(offset)) : chunk, slotIn(offset), record);
    }

    private PartitionRecord[] newChunk(int index) {
        PartitionRecord[] created = new PartitionRecord[inChunk];
        PartitionRecord[] there = chunks.compareAndExchange(index, null, created);
        return there == null ? created : there;
    }

    private int chunkOf(long offset) {
        return (int) (offset >>> chunkShift) & chunkMask;
    }

    private int slotIn(long offset) {
        return (int) offset & (inChunk - 1);
    }
}
