package org.brokertck.performance.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.brokertck.performance.load.Candidate;

/**
 * How often candidates are measured: in each round all of them, each round beginning with the next one.
 *
 * @param warmUps rounds whose figures are forgotten, in which the JVM compiles; 0 or more
 * @param counted rounds that count; 1 or more
 * @param progress told in a sentence what is done next
 */
public record Rounds(int warmUps, int counted, Consumer<String> progress) {
    /**
     * Measures one candidate once.
     *
     * @param <T> what producers send
     */
    @FunctionalInterface
    public interface Measurement<T> {
        /** Measures, and adds what was found. */
        void measure(Candidate<T> candidate, Findings findings) throws Exception;
    }

    /**
     * Measures all of them. One that fails loses its figures, is told of among those left out, and is not measured again.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public <T> void run(List<Candidate<T>> candidates, Measurement<T> measurement, Findings findings)
            throws InterruptedException {
        candidates.forEach(it -> findings.enlist(it.name()));
        List<Candidate<T>> left = new ArrayList<>(candidates);
        for (int round = 0; round < warmUps + counted; round++) {
            boolean counts = round >= warmUps;
            for (Candidate<T> candidate : List.copyOf(left)) {
                progress.accept(
                        "%s, %s".formatted(candidate.name(), counts ? "round " + (round - warmUps + 1) : "warm-up"));
                if (!measured(candidate, measurement, counts ? findings : new Findings(), findings)) {
                    left.remove(candidate);
                }
            }
            Collections.rotate(left, -1);
        }
    }

    private static <T> boolean measured(
            Candidate<T> candidate, Measurement<T> measurement, Findings into, Findings findings)
            throws InterruptedException {
        try {
            measurement.measure(candidate, into);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String text = e.getMessage();
            findings.discard(candidate.name(), text == null ? e.getClass().getName() : text);
            return false;
        }
    }
}
