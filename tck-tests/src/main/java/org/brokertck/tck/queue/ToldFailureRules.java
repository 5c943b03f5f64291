package org.brokertck.tck.queue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.check.DeadLettersTell;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What a dead letter tells of the failure that made it one. */
public interface ToldFailureRules extends QueueRules {
    @Test
    @Verifies("Q-14")
    default void aFailureWithoutTextOrWithALongOneIsToldAsWell() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-14")) {
            String longText = "x".repeat(DeadLetter.MAX_FAILURE_TEXT * 3);
            queue.consume(message -> {
                throw message.id().equals("long") ? new IllegalStateException(longText) : new IllegalStateException();
            });
            queue.produce(Messages.message("none"));
            queue.produce(Messages.message("long"));
            queue.awaitSettled();
            Map<String, String> texts = new TreeMap<>();
            queue.deadLetters().forEach(it -> texts.put(it.message().id(), it.failureText()));
            String cut = longText.substring(0, DeadLetter.MAX_FAILURE_TEXT);
            String told = texts.getOrDefault("long", "");
            queue.require(
                    texts.equals(Map.of("none", "", "long", cut)),
                    "the texts of a failure without one and of one with %d characters are '%s' and %d characters of it, where '' and %d are due"
                            .formatted(
                                    longText.length(),
                                    texts.get("none"),
                                    longText.startsWith(told) ? told.length() : 0,
                                    cut.length()));
        }
    }

    /** Whoever calls handlers through an executor or by reflection meets such wrappers of its own; these here are the handler's. */
    @Test
    @Verifies("Q-14")
    default void aFailureThatWrapsAnotherIsToldAsItWasThrown() {
        IOException cause = new IOException("disk is full");
        Map<String, Exception> thrown = Map.of(
                "execution", new ExecutionException(cause),
                "completion", new CompletionException(cause),
                "invocation", new InvocationTargetException(cause, "the method failed"));
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-14")) {
            queue.consume(message -> {
                throw Objects.requireNonNull(thrown.get(message.id()), "a failure for each id");
            });
            thrown.keySet().forEach(it -> queue.produce(Messages.message(it)));
            queue.judgeSettled(new DeadLettersTell());
        }
    }
}
