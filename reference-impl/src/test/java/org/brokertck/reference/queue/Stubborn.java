package org.brokertck.reference.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/** A handler that ignores every interrupt until it is let out. */
class Stubborn implements MessageHandler {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void handle(Message message) {
        entered.countDown();
        while (true) {
            try {
                open.await();
                return;
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("did not happen in time");
        }
    }
}
