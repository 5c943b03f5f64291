package org.brokertck.tck.workload.broker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.broker.RoutingPlan.Move;

/** Random routing: few words, so that much matches, and patterns that come again. */
public final class RoutingPlans {
    private static final List<String> WORDS = List.of("order", "user", "created", "x");

    private RoutingPlans() {}

    /** Rules first, each pattern once or more; then messages. */
    public static final class Fixed implements ArbitrarySupplier<RoutingPlan> {
        @Override
        public Arbitrary<RoutingPlan> get() {
            return Shrinking.bounded(Combinators.combine(
                            rules().list().ofMaxSize(5),
                            topics().list().ofMinSize(1).ofMaxSize(15))
                    .as((rules, topics) -> {
                        List<Move> moves = new ArrayList<>(rules);
                        moves.addAll(topics);
                        return new RoutingPlan(moves);
                    }));
        }
    }

    /** Rules and messages in any order. */
    public static final class Changing implements ArbitrarySupplier<RoutingPlan> {
        @Override
        public Arbitrary<RoutingPlan> get() {
            return Shrinking.bounded(Arbitraries.oneOf(List.of(rules(), topics()))
                    .list()
                    .ofMinSize(4)
                    .ofMaxSize(25)
                    .map(RoutingPlan::new));
        }
    }

    private static Arbitrary<Move> rules() {
        Arbitrary<String> patterns = texts(List.of("order", "created", "*", "#"));
        Arbitrary<List<String>> brokers =
                Arbitraries.of("a", "b", "c").list().uniqueElements().ofMinSize(1);
        return Combinators.combine(patterns, brokers).as(Move::new);
    }

    private static Arbitrary<Move> topics() {
        return texts(WORDS).map(it -> new Move(it, List.of()));
    }

    private static Arbitrary<String> texts(List<String> words) {
        return Arbitraries.of(words).list().ofMinSize(1).ofMaxSize(3).map(it -> String.join(".", it));
    }
}
