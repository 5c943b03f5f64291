package org.brokertck.tck.scenario;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;

/** Calls that meet: their threads are on a processor, or wait for one, when they are told to begin. */
public final class Together {
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
}
