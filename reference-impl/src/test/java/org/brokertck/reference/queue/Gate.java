package org.brokertck.reference.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/** A handler that stays in its first message until it is let out, and reports that it has entered. */
class Gate implements MessageHandler {
    final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore entered = new Semaphore(0);

    @Override
    public void handle(Message message) throws Exception {
        entered.release();
        open.await();
    }

    void awaitEntered(int handlers) throws InterruptedException {
        if (!entered.tryAcquire(handlers, 20, TimeUnit.SECONDS)) {
            throw new AssertionError("no handler was entered");
        }
    }
}
