package org.brokertck.api.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subscription as a reactive stream: demand, end, cancellation, and what goes wrong on either side. */
@Timeout(60)
class SubscriptionPublisherTest {
    private final StubSubscription messages = new StubSubscription();
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    private void subscribe() {
        messages.asPublisher().subscribe(subscriber);
    }

    @Test
    void handsOverAsManyAsAreAskedForAndInOrder() {
        subscribe();
        messages.put("a", "b", "c");
        subscriber.request(2);

        subscriber.awaitSignals("a", "b");
        assertThat(messages.buffered()).isEqualTo(1);
        subscriber.request(1);
        subscriber.awaitSignals("a", "b", "c");
    }

    @Test
    void demandAddsUpEvenBeyondAllNumbers() {
        subscribe();
        subscriber.request(Long.MAX_VALUE);
        subscriber.request(Long.MAX_VALUE);
        subscriber.request(1);
        messages.put("a", "b", "c");

        subscriber.awaitSignals("a", "b", "c");
    }

    @Test
    void anEmptyStreamCompletesAtItsEndThoughNothingWasAskedFor() {
        subscribe();
        messages.end(EndReason.IDLE);

        subscriber.awaitSignals("complete");
    }

    @Test
    void aStreamThatEndedBeforeItWasSubscribedToCompletes() {
        messages.put("a");
        messages.end(EndReason.BROKER_CLOSED);
        subscribe();
        subscriber.request(5);

        subscriber.awaitSignals("a", "complete");
    }

    @Test
    void whatIsBufferedAtTheEndIsHandedOverWhenAskedForAndNoThreadWaitsMeanwhile() {
        subscribe();
        messages.put("a", "b");
        subscriber.request(1);
        subscriber.awaitSignals("a");
        messages.end(EndReason.BROKER_CLOSED);

        untilEnded(subscriber.threads.get(0));
        subscriber.awaitSignals("a");
        subscriber.request(1);
        subscriber.awaitSignals("a", "b", "complete");
        untilEnded(subscriber.threads.get(2));
    }

    @Test
    void oneAtATimeAfterTheEnd() {
        messages.put("a", "b", "c");
        messages.end(EndReason.CLOSED);
        subscribe();

        subscriber.request(1);
        subscriber.awaitSignals("a");
        subscriber.request(1);
        subscriber.awaitSignals("a", "b");
        subscriber.request(1);
        subscriber.awaitSignals("a", "b", "c", "complete");
        subscriber.request(1);
        subscriber.awaitSignals("a", "b", "c", "complete");
    }

    @Test
    void cancellingClosesTheSubscriptionAndEndsItsThread() {
        subscribe();
        subscriber.request(5);
        messages.put("a");
        subscriber.awaitSignals("a");
        await().until(messages::isAwaited);

        subscriber.cancel();

        assertThat(messages.endReason()).contains(EndReason.CLOSED);
        untilEnded(subscriber.threads.get(0));
        subscriber.awaitSignals("a");
    }

    @Test
    void nothingComesAfterACancelFromWithin() {
        RecordingSubscriber content = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                cancel();
            }
        };
        messages.put("a", "b");
        messages.asPublisher().subscribe(content);
        content.request(5);

        content.awaitSignals("a");
        untilEnded(content.threads.get(0));
        content.request(-1);
        content.awaitSignals("a");
    }

    @Test
    void aRequestOfNothingIsAnError() {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            StubSubscription source = new StubSubscription();
            RecordingSubscriber bad = new RecordingSubscriber();
            source.asPublisher().subscribe(bad);
            bad.request(n);

            bad.awaitSignals(
                    "error IllegalArgumentException: n is " + n + ": a subscriber asks for 1 or more (rule 3.9)");
            assertThat(source.endReason()).contains(EndReason.CLOSED);
        }
    }

    @Test
    void aBadRequestIsHeardWhileTheStreamWaitsForAMessage() {
        subscribe();
        subscriber.request(1);
        await().until(messages::isAwaited);
        subscriber.request(0);

        subscriber.awaitSignals("error IllegalArgumentException: n is 0: a subscriber asks for 1 or more (rule 3.9)");
    }

    @Test
    void aBadRequestFromWithinEndsTheStreamBeforeTheNextMessage() {
        RecordingSubscriber bad = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                request(-3);
            }
        };
        messages.put("a", "b");
        messages.asPublisher().subscribe(bad);
        bad.request(5);

        bad.awaitSignals("a", "error IllegalArgumentException: n is -3: a subscriber asks for 1 or more (rule 3.9)");
    }

    @Test
    void aSecondSubscriberIsRefused() {
        Flow.Publisher<Message> publisher = messages.asPublisher();
        publisher.subscribe(subscriber);
        RecordingSubscriber second = new RecordingSubscriber();
        publisher.subscribe(second);

        second.awaitSignals(
                "error IllegalStateException: The subscription to 'stub' has a subscriber already: subscribe once for each");
        second.request(1);
        second.cancel();
        subscriber.request(1);
        messages.put("a");
        subscriber.awaitSignals("a");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void noSubscriberIsRefusedAndLeavesRoomForOne() {
        Flow.Publisher<Message> publisher = messages.asPublisher();
        assertThatNullPointerException()
                .isThrownBy(() -> publisher.subscribe(null))
                .withMessage("subscriber");

        publisher.subscribe(subscriber);
        subscriber.request(1);
        messages.put("a");
        subscriber.awaitSignals("a");
    }

    @Test
    void aSubscriberThatThrowsGetsNothingMoreAndWhatItThrewIsTold() throws Exception {
        CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
        RecordingSubscriber broken = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.complete(thrown));
                throw new IllegalStateException("broken");
            }
        };
        messages.put("a", "b");
        messages.asPublisher().subscribe(broken);
        broken.request(5);

        assertThat(uncaught.get(20, TimeUnit.SECONDS)).hasMessage("broken");
        assertThat(messages.endReason()).contains(EndReason.CLOSED);
        broken.awaitSignals("a");
    }

    @Test
    void aSubscriberThatThrowsAtOnceIsCancelled() {
        RecordingSubscriber broken = new RecordingSubscriber() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                throw new IllegalStateException("broken");
            }
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> messages.asPublisher().subscribe(broken))
                .withMessage("broken");
        assertThat(messages.endReason()).contains(EndReason.CLOSED);
    }

    @Test
    void aTakeThatFailsIsAnError() {
        subscribe();
        subscriber.request(5);
        messages.fail(new BrokerUnavailableException("the server is gone"));

        subscriber.awaitSignals("error BrokerUnavailableException: the server is gone");
        assertThat(messages.endReason()).contains(EndReason.CLOSED);
    }

    @Test
    void anInterruptDoesNotEndTheStream() {
        RecordingSubscriber interrupting = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                Thread.currentThread().interrupt();
            }
        };
        messages.asPublisher().subscribe(interrupting);
        interrupting.request(5);
        messages.put("a");
        interrupting.awaitSignals("a");
        await().until(messages::isAwaited);

        interrupting.threads.get(0).interrupt();

        messages.put("b", "c");
        interrupting.awaitSignals("a", "b", "c");
    }

    @Test
    void requestsFromWithinDoNotPileUp() {
        RecordingSubscriber oneByOne = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                request(1);
            }
        };
        messages.asPublisher().subscribe(oneByOne);
        for (int i = 0; i < 50_000; i++) {
            messages.put("m");
        }
        oneByOne.request(1);
        messages.end(EndReason.CLOSED);

        oneByOne.awaitSignals("complete");
    }

    @Test
    void closingFromWithinCompletesTheStream() {
        RecordingSubscriber closing = new RecordingSubscriber() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                messages.end(EndReason.BROKER_CLOSED);
            }
        };
        messages.asPublisher().subscribe(closing);
        messages.put("a");
        closing.request(5);

        closing.awaitSignals("a", "complete");
    }

    private static void untilEnded(Thread thread) {
        await().until(() -> !thread.isAlive());
    }
}
