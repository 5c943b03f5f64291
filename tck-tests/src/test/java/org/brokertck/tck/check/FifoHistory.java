package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brokertck.tck.check.Fifo.Put;
import org.brokertck.tck.check.Fifo.Take;

/** A history of puts and takes, as {@link Fifo} judges it. */
record FifoHistory(List<Put> puts, List<Take> takes, List<Long> pendingTakes) {
    boolean isValidByPatterns() {
        return Fifo.badPattern(puts, takes, pendingTakes).isEmpty();
    }

    boolean isValidBySearch() {
        return FifoSearch.isLinearizable(puts, takes, pendingTakes);
    }

    /** The smallest history that still has this property: drops operations one at a time for as long as it keeps it. */
    FifoHistory shrunk(Predicate<FifoHistory> property) {
        return smaller()
                .filter(property)
                .findFirst()
                .map(it -> it.shrunk(property))
                .orElse(this);
    }

    private Stream<FifoHistory> smaller() {
        return Stream.of(
                        without(puts).map(it -> new FifoHistory(it, takes, pendingTakes)),
                        without(takes).map(it -> new FifoHistory(puts, it, pendingTakes)),
                        without(pendingTakes).map(it -> new FifoHistory(puts, takes, it)))
                .flatMap(it -> it);
    }

    private static <T> Stream<List<T>> without(List<T> all) {
        return IntStream.range(0, all.size()).mapToObj(i -> {
            List<T> rest = new ArrayList<>(all);
            rest.remove(i);
            return rest;
        });
    }
}
