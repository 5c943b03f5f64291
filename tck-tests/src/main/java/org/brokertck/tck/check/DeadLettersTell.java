package org.brokertck.tck.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;
import org.jspecify.annotations.Nullable;

/**
 * Rule Q-14: exactly the messages whose last retry failed are parked, each once, with its fields, the number of attempts and
 * the last failure.
 */
public final class DeadLettersTell implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, List<Attempt>> attempts = history.attemptsById();
        Map<String, ProduceCall> produces = history.producesById();
        Set<String> parked = new HashSet<>();
        for (DeadLetter letter : history.deadLetters()) {
            String id = letter.message().id();
            if (!parked.add(id)) {
                return Verdict.invalid(id + " is parked twice among the dead letters", Witnesses.of(history, id));
            }
            String wrong = wrong(letter, produces.get(id), attempts.getOrDefault(id, List.of()));
            if (!wrong.isEmpty()) {
                return Verdict.invalid("the dead letter of " + id + " " + wrong, Witnesses.of(history, id));
            }
        }
        return attempts.entrySet().stream()
                .filter(it -> exhausted(it.getValue()) && !parked.contains(it.getKey()))
                .findFirst()
                .map(it -> Verdict.invalid(
                        it.getKey() + " failed its last retry and is not among the dead letters", it.getValue()))
                .orElseGet(Verdict::valid);
    }

    private static boolean exhausted(List<Attempt> attempts) {
        return Exhausted.usedUp(attempts);
    }

    private static String wrong(DeadLetter letter, @Nullable ProduceCall call, List<Attempt> attempts) {
        if (call == null || attempts.isEmpty()) {
            return "was never produced, or never attempted";
        }
        if (!exhausted(attempts)) {
            return "was parked though not all of its %d permitted attempts had failed"
                    .formatted(call.message().maxRetries() + 1L);
        }
        String difference = NoInvention.difference(call.message(), letter.message());
        if (!difference.isEmpty()) {
            return "differs from what was produced: " + difference;
        }
        if (letter.attempts() != attempts.size()) {
            return "says %d attempts: there were %d".formatted(letter.attempts(), attempts.size());
        }
        if (letter.message().retries() != attempts.size() - 1) {
            return "carries retries=%d after %d attempts"
                    .formatted(letter.message().retries(), attempts.size());
        }
        String failure = asKept(attempts.get(attempts.size() - 1), letter);
        String told = letter.failureType() + ": " + letter.failureText();
        return told.equals(failure) ? "" : "tells the failure '%s': the last one was '%s'".formatted(told, failure);
    }

    /** The failure of the attempt with its text cut as the contract has it. */
    private static String asKept(Attempt last, DeadLetter letter) {
        int colon = last.failure().indexOf(": ");
        if (colon < 0) {
            return last.failure();
        }
        String type = last.failure().substring(0, colon);
        String text = last.failure().substring(colon + 2);
        return type + ": " + new DeadLetter(letter.message(), 1, type, text).failureText();
    }
}
