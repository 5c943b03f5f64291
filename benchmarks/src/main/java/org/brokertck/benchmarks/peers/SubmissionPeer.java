package org.brokertck.benchmarks.peers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;

/** The JDK's {@link SubmissionPublisher} with one subscriber on a thread of its own. */
public final class SubmissionPeer implements Candidate<Keyed> {
    @Override
    public String name() {
        return "SubmissionPublisher";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) {
        ExecutorService executor = Executors.newSingleThreadExecutor(it -> {
            Thread thread = new Thread(it, "submission-consumer");
            thread.setDaemon(true);
            return thread;
        });
        SubmissionPublisher<Keyed.Held> publisher = new SubmissionPublisher<>(executor, setup.capacity());
        CountDownLatch completed = new CountDownLatch(1);
        publisher.subscribe(new Taker(sink, completed));
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() {
                return item -> publisher.submit(item.hold());
            }

            @Override
            public void close() throws InterruptedException {
                publisher.close();
                boolean ended = completed.await(10, TimeUnit.SECONDS);
                executor.shutdownNow();
                if (!ended) {
                    throw new IllegalStateException("The subscriber heard of no end");
                }
            }
        };
    }

    /** Asks for everything at once. */
    private record Taker(Sink sink, CountDownLatch completed) implements Flow.Subscriber<Keyed.Held> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Keyed.Held item) {
            sink.accept(item.stamp());
        }

        @Override
        public void onError(Throwable throwable) {
            completed.countDown();
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }
    }
}
