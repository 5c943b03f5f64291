package org.brokertck.performance.handoff;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;

/**
 * Through the JDK's {@link ArrayBlockingQueue}, with any number of consumers.
 *
 * @param <T> what is sent
 * @param <R> what is handed over
 */
public final class ArrayHandOff<T, R> implements Candidate<T> {
    private final Reference<T, R> reference;

    /** @param reference how it holds what is sent */
    public ArrayHandOff(Reference<T, R> reference) {
        this.reference = reference;
    }

    @Override
    public String name() {
        return "ArrayBlockingQueue";
    }

    @Override
    public Lane<T> open(Setup setup, Sink sink) {
        ArrayBlockingQueue<R> queue = new ArrayBlockingQueue<>(setup.capacity());
        List<Thread> consumers = new ArrayList<>();
        for (int i = 0; i < setup.consumers(); i++) {
            Thread consumer = new Thread(() -> consume(queue, sink), "array-consumer-" + i);
            consumer.setDaemon(true);
            consumer.start();
            consumers.add(consumer);
        }
        return new Lane<>() {
            @Override
            public Sender<T> sender() {
                return item -> queue.put(reference.holds().apply(item));
            }

            @Override
            public void close() throws InterruptedException {
                consumers.forEach(Thread::interrupt);
                for (Thread consumer : consumers) {
                    consumer.join();
                }
            }
        };
    }

    private void consume(ArrayBlockingQueue<R> queue, Sink sink) {
        try {
            while (true) {
                sink.accept(reference.stamp().applyAsLong(queue.take()));
            }
        } catch (InterruptedException e) {
            // This is how it is closed.
        }
    }
}
