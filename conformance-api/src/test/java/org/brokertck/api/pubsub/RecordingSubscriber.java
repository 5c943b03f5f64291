package org.brokertck.api.pubsub;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/** Writes its signals down as words: the ids of messages, {@code complete}, or {@code error} and what it is. */
class RecordingSubscriber implements Flow.Subscriber<Message> {
    final List<String> signals = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public void onNext(Message message) {
        threads.add(Thread.currentThread());
        signals.add(message.id());
    }

    @Override
    public void onError(Throwable thrown) {
        signals.add("error " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
    }

    @Override
    public void onComplete() {
        threads.add(Thread.currentThread());
        signals.add("complete");
    }

    void request(long n) {
        subscription().request(n);
    }

    void cancel() {
        subscription().cancel();
    }

    private Flow.Subscription subscription() {
        Flow.Subscription given = subscription;
        if (given == null) {
            throw new AssertionError("onSubscribe was not called");
        }
        return given;
    }

    /** Waits until exactly these came. */
    void awaitSignals(String... expected) {
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> signals, List.of(expected)::equals);
    }
}
