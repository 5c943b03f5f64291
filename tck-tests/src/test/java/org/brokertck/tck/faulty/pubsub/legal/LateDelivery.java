package org.brokertck.tck.faulty.pubsub.legal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/**
 * Decides at the publish who receives a message, and has another thread hand it over a little later, in order. What is still on its
 * way to a subscription when that ends does not arrive.
 */
final class LateDelivery extends PlainPubSub {
    private record Parcel(List<PlainSubscription> to, Message message) {}

    private final Queue<Parcel> underWay = new ArrayDeque<>();
    private final Thread carrier = new Thread(this::carry, "plain-carrier-of-" + name());

    LateDelivery(Opening opening) {
        super(opening);
        carrier.setDaemon(true);
        carrier.start();
    }

    @Override
    protected void deliver(String topic, Message message) {
        underWay.add(new Parcel(hearing(topic), message));
    }

    private void carry() {
        while (locked(this::handOver)) {
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private boolean handOver() {
        while (underWay.isEmpty() && !closed) {
            line().changed.awaitUninterruptibly();
        }
        Parcel next = closed ? null : underWay.poll();
        if (next != null) {
            next.to().stream().filter(it -> it.reason == null).forEach(it -> offer(it, next.message()));
            line().changed.signalAll();
        }
        return next != null;
    }

    @Override
    protected boolean end(PlainSubscription subscription, EndReason reason) {
        boolean ended = super.end(subscription, reason);
        line().changed.signalAll();
        return ended;
    }

    @Override
    public void close() {
        super.close();
        locked(() -> {
            line().changed.signalAll();
            return true;
        });
        boolean interrupted = false;
        while (carrier.isAlive()) {
            try {
                carrier.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
