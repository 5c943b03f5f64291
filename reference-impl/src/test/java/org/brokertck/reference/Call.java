package org.brokertck.reference;

import static org.brokertck.reference.Waits.eventually;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, to watch it wait. */
public final class Call {
    /** The thread that makes the call. */
    public final Thread thread;

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

    /** Starts the call. */
    public static Call start(Runnable call) {
        Call started = new Call(call);
        started.thread.start();
        return started;
    }

    /** Starts the call and returns when it is parked. */
    public static Call waiting(Runnable call) {
        Call started = start(call);
        started.untilParked();
        return started;
    }

    /** Returns when the call waits for something. */
    public void untilParked() {
        eventually()
                .until(() ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return result.isDone();
    }

    /** What the call threw, or null, once it is over. */
    public @Nullable Throwable thrown() {
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Whether its thread was interrupted when it ended. */
    public boolean leftInterrupted() {
        thrown();
        return flagged;
    }
}
