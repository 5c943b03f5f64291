package org.brokertck.reference.queue;

import static org.brokertck.reference.queue.Messages.eventually;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, to watch it wait. */
class Call {
    final Thread thread;
    private final CompletableFuture<@Nullable Throwable> result = new CompletableFuture<>();
    private volatile boolean flagged;

    private Call(Runnable call) {
        thread = new Thread(
                () -> {
                    Throwable thrown = null;
                    try {
                        call.run();
                    } catch (Throwable e) {
                        thrown = e;
                    }
                    flagged = Thread.currentThread().isInterrupted();
                    result.complete(thrown);
                },
                "call");
    }

    static Call start(Runnable call) {
        Call started = new Call(call);
        started.thread.start();
        return started;
    }

    /** Starts the call and returns when it is parked. */
    static Call waiting(Runnable call) {
        Call started = start(call);
        started.untilParked();
        return started;
    }

    void untilParked() {
        eventually()
                .until(() ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    boolean isOver() {
        return result.isDone();
    }

    /** What the call threw, or null, once it is over. */
    @Nullable
    Throwable thrown() {
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }

    boolean leftInterrupted() {
        thrown();
        return flagged;
    }
}
