package org.brokertck.tck.workload.broker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.tck.workload.Shrinking;

/** The kinds of random workloads of a message broker, for {@code @ForAll(supplier = …)}. */
public final class BrokerWorkloads {
    private static final List<String> TOPICS = List.of("order.created", "order", "Order", "user.created.now");
    private static final int MOST_MESSAGES = 15;

    private BrokerWorkloads() {}

    /** No handler fails. */
    public static final class Calm implements ArbitrarySupplier<BrokerWorkload> {
        @Override
        public Arbitrary<BrokerWorkload> get() {
            return Shrinking.bounded(workloads(Arbitraries.just(0)));
        }
    }

    /** Some handlers throw now and then. */
    public static final class Failing implements ArbitrarySupplier<BrokerWorkload> {
        @Override
        public Arbitrary<BrokerWorkload> get() {
            return Shrinking.bounded(workloads(Arbitraries.of(0, 1, 2, 3)));
        }
    }

    private static Arbitrary<BrokerWorkload> workloads(Arbitrary<Integer> failing) {
        Arbitrary<PlannedProduce> produces = Combinators.combine(
                        Arbitraries.of(TOPICS), Arbitraries.strings().all().ofMaxLength(20))
                .as((topic, payload) -> new PlannedProduce("", topic, payload));
        Arbitrary<PlannedListener> listeners = Combinators.combine(
                        Arbitraries.of(TOPICS), Arbitraries.of(0, 0, 100, 1000), failing)
                .as(PlannedListener::new);
        return Combinators.combine(
                        produces.list()
                                .ofMinSize(1)
                                .ofMaxSize(MOST_MESSAGES)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .map(BrokerWorkloads::named),
                        listeners.list().ofMinSize(1).ofMaxSize(5))
                .as(BrokerWorkload::new);
    }

    /** Gives every message an id of its own that tells its place. */
    private static List<List<PlannedProduce>> named(List<List<PlannedProduce>> producers) {
        List<List<PlannedProduce>> named = new ArrayList<>();
        for (int p = 0; p < producers.size(); p++) {
            List<PlannedProduce> messages = new ArrayList<>();
            for (PlannedProduce it : producers.get(p)) {
                messages.add(new PlannedProduce("p" + p + "-m" + messages.size(), it.topic(), it.payload()));
            }
            named.add(List.copyOf(messages));
        }
        return List.copyOf(named);
    }
}
