package org.brokertck.reference.pubsub;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.brokertck.api.pubsub.TopicPattern;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Subscribing, unsubscribing and matching take effect at one moment each, in every interleaving of two threads. */
@Param(name = "pattern", gen = IntGen.class, conf = "0:3")
@Param(name = "topic", gen = IntGen.class, conf = "0:1")
public class RouterModelTest {
    private static final List<TopicPattern> PATTERNS =
            List.of(TopicPattern.of("a.b"), TopicPattern.of("a.*"), TopicPattern.of("#.b"), TopicPattern.of("a.#"));
    private static final List<String> TOPICS = List.of("a.b", "a");

    private final TopicRouter<Integer> router = new TopicRouter<>();

    @Operation
    public void add(@Param(name = "pattern") int pattern) {
        router.add(PATTERNS.get(pattern), pattern);
    }

    @Operation
    public void remove(@Param(name = "pattern") int pattern) {
        router.remove(PATTERNS.get(pattern), pattern);
    }

    @Operation
    public String match(@Param(name = "topic") int topic) {
        return new TreeSet<>(router.match(TOPICS.get(topic))).toString();
    }

    @Test
    void everyCallTakesEffectAtOneMoment() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(1)
                .iterations(20)
                .invocationsPerIteration(200)
                .sequentialSpecification(Model.class)
                // Whoever has an immutable object sees it whole: there is nothing to interleave in it.
                .addGuarantee(forClasses(TopicTrie.class.getName()).allMethods().treatAsAtomic())
                .check(getClass());
    }

    /** What the router does, one call at a time: a list of patterns. */
    public static class Model {
        private final TreeSet<Integer> there = new TreeSet<>();

        public void add(int pattern) {
            there.add(pattern);
        }

        public void remove(int pattern) {
            there.remove(pattern);
        }

        public String match(int topic) {
            List<Integer> found = new ArrayList<>();
            for (int pattern : there) {
                if (PATTERNS.get(pattern).matches(TOPICS.get(topic))) {
                    found.add(pattern);
                }
            }
            return found.toString();
        }
    }
}
