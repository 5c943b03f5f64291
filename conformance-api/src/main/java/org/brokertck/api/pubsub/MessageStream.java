package org.brokertck.api.pubsub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages as a subscriber asks for them. A thread of its own does so while the subscription lives; once it has ended, one
 * runs only while there is something to hand over, so that none outlives the broker.
 */
final class MessageStream implements Flow.Subscription {
    /** What the working thread does next. */
    private enum Step {
        TAKE,
        LOOK_FOR_THE_END,
        REFUSE,
        STOP
    }

    private final Subscription messages;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Null once the stream is over: nothing may refer to a subscriber that has cancelled. */
    private Flow.@Nullable Subscriber<? super Message> subscriber;

    private @Nullable IllegalArgumentException badRequest;
    private long demand;
    private boolean working = true;
    /** Taken before it was asked for, to see whether it was the last one; the working thread's own. */
    private @Nullable Message held;

    private MessageStream(Subscription messages, Flow.Subscriber<? super Message> subscriber) {
        this.messages = messages;
        this.subscriber = subscriber;
    }

    /** Hands a stream to the subscriber, and begins. */
    static void start(Subscription messages, Flow.Subscriber<? super Message> subscriber) {
        MessageStream stream = new MessageStream(messages, subscriber);
        try {
            subscriber.onSubscribe(stream);
        } catch (Throwable broken) {
            stream.cancel();
            throw broken;
        }
        messages.ended().thenRun(() -> stream.change(() -> {}));
        stream.startWorker();
    }

    @Override
    public void request(long n) {
        change(() -> {
            if (subscriber == null) {
                return;
            }
            if (n < 1) {
                badRequest = new IllegalArgumentException("n is " + n + ": a subscriber asks for 1 or more (rule 3.9)");
            } else {
                demand = n > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + n;
            }
            if (!working) {
                working = true;
                startWorker();
            }
        });
        if (n < 1) {
            // The working thread may be waiting for a message, and should not do so any longer.
            messages.close();
        }
    }

    @Override
    public void cancel() {
        end();
        messages.close();
    }

    private void startWorker() {
        Thread worker = new Thread(this::work, "subscriber-of-" + messages.pattern());
        worker.setDaemon(true);
        worker.start();
    }

    private void work() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (nextStep()) {
                case TAKE -> hand(held != null ? Optional.of(held) : received(messages::take));
                case LOOK_FOR_THE_END -> hold(received(() -> messages.poll(Duration.ZERO)));
                case REFUSE -> refuse();
                case STOP -> false;
            };
        }
    }

    private Optional<Message> received(Supplier<Optional<Message>> take) {
        while (true) {
            // What the subscriber does with this thread, which it alone knows, is not meant for the take.
            Thread.interrupted();
            try {
                return take.get();
            } catch (OperationInterruptedException e) {
                // Likewise: no message is lost by it.
            } catch (RuntimeException failed) {
                end().ifPresent(it -> it.onError(failed));
                messages.close();
                return Optional.empty();
            }
        }
    }

    private Step nextStep() {
        lock.lock();
        try {
            while (subscriber != null
                    && badRequest == null
                    && demand == 0
                    && messages.endReason().isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (subscriber == null) {
                return Step.STOP;
            }
            if (badRequest != null) {
                return Step.REFUSE;
            }
            if (demand > 0) {
                return Step.TAKE;
            }
            working = held == null;
            return working ? Step.LOOK_FOR_THE_END : Step.STOP;
        } finally {
            lock.unlock();
        }
    }

    private boolean hand(Optional<Message> next) {
        held = null;
        if (next.isEmpty()) {
            return complete();
        }
        asked().ifPresent(it -> give(it, next.get()));
        return true;
    }

    /** A subscriber that throws breaks the rules of streams (2.13): it gets nothing more, and its thread ends by what it threw. */
    private void give(Flow.Subscriber<? super Message> receiver, Message message) {
        try {
            receiver.onNext(message);
        } catch (Throwable broken) {
            cancel();
            throw broken;
        }
    }

    private boolean complete() {
        lock.lock();
        try {
            if (badRequest != null) {
                return true;
            }
        } finally {
            lock.unlock();
        }
        end().ifPresent(Flow.Subscriber::onComplete);
        return false;
    }

    private boolean hold(Optional<Message> next) {
        if (next.isEmpty()) {
            return hand(next);
        }
        held = next.get();
        return true;
    }

    private boolean refuse() {
        IllegalArgumentException refused = badRequest;
        end().ifPresent(it -> it.onError(refused));
        return false;
    }

    /** The subscriber, who now gets one of what was asked for; nobody when a bad request came in between. */
    private Optional<Flow.Subscriber<? super Message>> asked() {
        lock.lock();
        try {
            if (badRequest != null) {
                return Optional.empty();
            }
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            return Optional.ofNullable(subscriber);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more reaches the subscriber, but for what the caller signals. */
    private Optional<Flow.Subscriber<? super Message>> end() {
        lock.lock();
        try {
            Optional<Flow.Subscriber<? super Message>> last = Optional.ofNullable(subscriber);
            subscriber = null;
            changed.signalAll();
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
