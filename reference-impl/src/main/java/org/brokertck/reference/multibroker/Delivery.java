package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/** One produce: tries broker after broker until one has taken the message (rule M-4), and remembers why the others did not. */
final class Delivery {
    private final String topic;
    private final Message message;
    private final Duration timeout;
    private final int mostStuck;
    private final List<Refusal> refusals = new ArrayList<>();
    private boolean unknown;

    /** Why one broker did not take the message. */
    private record Refusal(String broker, Throwable reason) {}

    /**
     * @param timeout of each broker
     * @param mostStuck so many calls that do not come back are enough to call a broker no more
     */
    Delivery(String topic, Message message, Duration timeout, int mostStuck) {
        this.topic = topic;
        this.message = message;
        this.timeout = timeout;
        this.mostStuck = mostStuck;
    }

    /** @throws BrokerException when none of them takes it */
    void toOneOf(List<Member> candidates) {
        for (Member member : candidates) {
            Throwable passedOver = member.missingOn(topic);
            if (passedOver == null && !member.circuit().tryEnter()) {
                passedOver = member.lastFailure();
            }
            if (passedOver != null) {
                refusals.add(new Refusal(member.name(), passedOver));
            } else if (isTakenBy(member)) {
                return;
            }
        }
        throw failure();
    }

    private boolean isTakenBy(Member member) {
        Throwable thrown = attempt(member);
        if (thrown == null) {
            member.circuit().succeeded();
            return true;
        }
        if (thrown instanceof MessageTooLargeException) {
            // It says something of the message, and nothing of the broker.
            member.circuit().left();
        } else {
            member.failed(thrown);
            member.circuit().failed(thrown);
        }
        unknown |= thrown instanceof OperationTimeoutException;
        refusals.add(new Refusal(member.name(), thrown));
        return false;
    }

    private @Nullable Throwable attempt(Member member) {
        if (member.produces().stuck() >= mostStuck) {
            return new BrokerUnavailableException("Broker '" + member.name() + "' still hangs in " + mostStuck
                    + " earlier calls, and is called again when one of them ends");
        }
        BoundedCall<Boolean> call = member.produces()
                .start("a produce to broker '" + member.name() + "'", timeout, () -> {
                    member.broker().produce(topic, message);
                    return true;
                });
        try {
            call.await();
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        } catch (InterruptedException e) {
            call.giveUp(e);
            member.circuit().left();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while broker '" + member.name()
                    + "' was to take a message to topic '" + topic + "': it may or may not have");
        }
    }

    private BrokerException failure() {
        if (!refusals.isEmpty() && refusals.stream().allMatch(it -> it.reason() instanceof MessageTooLargeException)) {
            return (MessageTooLargeException) refusals.get(0).reason();
        }
        String text = refusals.isEmpty()
                ? "There is no broker to take a message to topic '" + topic + "': add one"
                : refusals.stream()
                        .map(it -> "'" + it.broker() + "' (" + Texts.of(it.reason()) + ")")
                        .collect(Collectors.joining(
                                ", ", "No broker took the message to topic '" + topic + "': ", ". See brokerHealth()"));
        BrokerException failure = unknown ? new OperationTimeoutException(text) : new BrokerUnavailableException(text);
        refusals.forEach(it -> failure.addSuppressed(it.reason()));
        return failure;
    }
}
