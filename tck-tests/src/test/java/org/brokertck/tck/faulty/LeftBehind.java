package org.brokertck.tck.faulty;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What faulty implementations leave of a call that failed with the thread that made it: its failure, which ends the thread's next call
 * too. So do results that are kept by thread until somebody asks for them, where a failure was handed on at once.
 */
public final class LeftBehind {
    private final Map<Thread, Exception> failures = new ConcurrentHashMap<>();

    /** Makes a call, unless the last one of this thread failed. */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        Exception earlier = failures.remove(Thread.currentThread());
        if (earlier != null) {
            throw earlier;
        }
        try {
            return call.call();
        } catch (Exception thrown) {
            failures.put(Thread.currentThread(), thrown);
            throw thrown;
        }
    }

    /** As {@link #call}, for what throws nothing that is checked. */
    public <T extends @Nullable Object> T get(Callable<T> call) {
        try {
            return call(call);
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As {@link #get}, without a result. */
    public void run(Runnable call) {
        boolean unused = get(() -> {
            call.run();
            return true;
        });
    }
}
