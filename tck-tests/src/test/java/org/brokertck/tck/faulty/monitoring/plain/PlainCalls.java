package org.brokertck.tck.faulty.monitoring.plain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Calls callbacks: a queue and a thread for each rule that has something to hear. */
final class PlainCalls {
    private final PlainMonitor monitor;
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    PlainCalls(PlainMonitor monitor) {
        this.monitor = monitor;
    }

    synchronized void submit(String lane, Runnable call) {
        if (closed) {
            return;
        }
        Queue<Runnable> calls = waiting.get(lane);
        if (calls != null) {
            calls.add(call);
            return;
        }
        Queue<Runnable> fresh = new ArrayDeque<>();
        fresh.add(call);
        waiting.put(lane, fresh);
        Thread thread = new Thread(() -> work(lane), "plain-callbacks");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work(String lane) {
        try {
            for (Runnable call = next(lane); call != null; call = next(lane)) {
                Runnable made = call;
                Thread self = Thread.currentThread();
                AtomicBoolean late = new AtomicBoolean();
                TimeSource.Alarm alarm = monitor.time()
                        .schedule(monitor.config().callbackTimeout(), () -> {
                            late.set(true);
                            self.interrupt();
                        });
                monitor.calling(() -> {
                    made.run();
                    if (late.get()) {
                        monitor.tookTooLong();
                    }
                });
                alarm.cancel();
                monitor.forgetInterrupt();
            }
        } finally {
            ended();
        }
    }

    private synchronized @Nullable Runnable next(String lane) {
        Queue<Runnable> calls = waiting.getOrDefault(lane, new ArrayDeque<>());
        Runnable next = closed ? null : calls.poll();
        if (next == null) {
            waiting.remove(lane);
        }
        return next;
    }

    /** The lane was given up by {@link #next}, and may be another thread's by now. */
    private synchronized void ended() {
        threads.remove(Thread.currentThread());
        notifyAll();
    }

    /** Starts nothing more, and waits for what runs, unless it is what calls this. */
    synchronized void close(long patienceMillis) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        while (!threads.isEmpty() && !threads.contains(Thread.currentThread())) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
