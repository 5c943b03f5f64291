package org.brokertck.redis.partitioned;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.redis.connection.Bytes;

/**
 * What became of a batch.
 *
 * @param offsets of its records, in their order; {@link #FULL} for one that found no room
 * @param room how much is left in each of its partitions; empty when the answer is that to an earlier try
 */
record BatchAnswer(List<Long> offsets, List<Long> room) {
    static final long FULL = -1;

    static BatchAnswer of(Object reply) {
        List<?> parts = (List<?>) reply;
        List<Long> offsets = new ArrayList<>();
        for (String offset : Bytes.text(parts.get(0)).split(",", -1)) {
            offsets.add(offset.equals("F") ? FULL : Long.parseLong(offset));
        }
        return new BatchAnswer(
                offsets, parts.stream().skip(1).map(Long.class::cast).toList());
    }
}
