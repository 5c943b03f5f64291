package org.brokertck.cli.unsafe;

import java.util.List;
import java.util.function.IntFunction;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/**
 * Dead letters that can be looked at, which is all that the rules in question ask for.
 *
 * @param look lists the oldest, up to a limit
 */
record NaiveDeadLetters(IntFunction<List<DeadLetter>> look) implements DeadLetters {
    @Override
    public List<DeadLetter> list(int limit) {
        return look.apply(limit);
    }

    @Override
    public int redrive(int limit) {
        throw new UnsupportedOperationException("A naive queue does not redrive dead letters");
    }

    @Override
    public int purge() {
        throw new UnsupportedOperationException("A naive queue does not purge dead letters");
    }
}
