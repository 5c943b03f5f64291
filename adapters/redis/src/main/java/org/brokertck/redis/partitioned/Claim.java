package org.brokertck.redis.partitioned;

import java.util.List;
import org.brokertck.redis.connection.Bytes;

/**
 * A partition that a member came to own.
 *
 * @param owner as the server writes it down; fences off what is left of earlier owners
 * @param offset to go on with
 * @param attempts how many attempts at that record failed already
 */
record Claim(int partition, String owner, long offset, int attempts) {
    static Claim of(List<?> reply) {
        int partition = Integer.parseInt(Bytes.text(reply.get(0)));
        long offset = Long.parseLong(Bytes.text(reply.get(2)));
        String[] failed = Bytes.text(reply.get(3)).split(":", -1);
        boolean same = failed.length == 2 && Long.parseLong(failed[0]) == offset;
        return new Claim(partition, Bytes.text(reply.get(1)), offset, same ? Integer.parseInt(failed[1]) : 0);
    }
}
