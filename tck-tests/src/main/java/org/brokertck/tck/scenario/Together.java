package org.brokertck.tck.scenario;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;

/** Calls that meet: their threads are on a processor, or wait for one, when they are told to begin. */
public final class Together {
    private static final long BEFORE_NANOS = 100_000;
    private static final long OFFSET_NANOS = 20_000;
    private static final int OFFSETS = 20;

    private Together() {}

    /**
     * Starts so many calls at once, each on a thread of its own.
     *
     * @param call is given the number of its thread, from 0
     */
    public static <T> List<Running<T>> start(String what, int threads, IntFunction<T> call) {
        AtomicBoolean go = new AtomicBoolean();
        List<Running<T>> running = IntStream.range(0, threads)
                .mapToObj(number -> Bounded.start(what, () -> {
                    while (!go.get()) {
                        Thread.onSpinWait();
                    }
                    return call.apply(number);
                }))
                .toList();
        go.set(true);
        return running;
    }

    /**
     * Starts a close, and a call that meets it and may be refused: from somewhat before to when it is over, by the number of the round.
     * Gives back the close and the call, which tells whether it was served.
     */
    public static List<Running<Boolean>> closeAnd(String what, int round, Runnable close, Runnable call) {
        long later = (round % OFFSETS) * OFFSET_NANOS;
        return start(what, 2, number -> {
            Polling.spin(number == 0 ? BEFORE_NANOS : later);
            try {
                (number == 0 ? close : call).run();
                return true;
            } catch (ClosedException refused) {
                return false;
            }
        });
    }
}
