package org.brokertck.tck.pubsub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/** A reactive subscriber that hands each message to a test, and remembers what it heard. */
final class Listener implements Flow.Subscriber<Message> {
    private final Consumer<Message> each;
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private long demand = Long.MAX_VALUE;
    private volatile @Nullable Throwable error;
    private volatile boolean completed;

    Listener(Consumer<Message> each) {
        this.each = each;
    }

    /** Asks for so many messages in place of all; 0 asks for none. */
    Listener asking(long messages) {
        demand = messages;
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (demand > 0) {
            subscription.request(demand);
        }
    }

    @Override
    public void onNext(Message message) {
        received.add(message);
        each.accept(message);
    }

    @Override
    public void onError(Throwable throwable) {
        error = throwable;
    }

    @Override
    public void onComplete() {
        completed = true;
    }

    /** What it was handed, in order. */
    List<Message> received() {
        return List.copyOf(received);
    }

    /** Whether it heard of the end. */
    boolean completed() {
        return completed;
    }

    /** The error that it heard of. */
    Optional<Throwable> error() {
        return Optional.ofNullable(error);
    }
}
