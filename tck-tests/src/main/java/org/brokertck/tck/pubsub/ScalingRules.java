package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The cost of a publish does not depend on subscriptions that do not match. */
public interface ScalingRules extends PubSubRules {
    /** How subscriptions that match nothing may look, each with a number of its own. */
    enum Shape {
        /** Other topics. */
        TOPIC(i -> "other.topic.n" + i),
        /** Topics that begin in the same way. */
        SAME_BEGINNING(i -> "order.created.n" + i),
        /** Topics that end in the same way. */
        SAME_END(i -> "n" + i + ".created"),
        /** One word open at the beginning. */
        STAR_FIRST(i -> "*.n" + i),
        /** One word open in the middle. */
        STAR_BETWEEN(i -> "order.*.n" + i),
        /** Any words open at the beginning. */
        HASH_FIRST(i -> "#.n" + i),
        /** Any words open at the end. */
        HASH_LAST(i -> "n" + i + ".#");

        private final IntFunction<String> text;

        Shape(IntFunction<String> text) {
            this.text = text;
        }

        private String text(int i) {
            return text.apply(i);
        }
    }

    @Test
    @Verifies("P-16")
    @Needs(inMemory = true)
    default void aHundredThousandOtherSubscriptionsCostNothing() {
        compare(100_000, List.of(Shape.values()));
    }

    @Costly
    @Property
    @Verifies("P-16")
    @Needs(inMemory = true)
    default void manySubscriptionsOfOneShapeCostNothing(@ForAll Shape shape) {
        compare(5_000, List.of(shape));
    }

    /** Both brokers take turns, so that what else the machine does hits both. */
    private void compare(int many, List<Shape> shapes) {
        try (PubSubUnderTest few = withOthers(10, shapes);
                PubSubUnderTest crowded = withOthers(many, shapes)) {
            PublishCost cost = new PublishCost(few, crowded);
            crowded.require(
                    cost.ratio() <= 2,
                    "publishing costs %s with 10 subscriptions that do not match and %s with %d of them: %.1f times as much"
                            .formatted(cost.few(), cost.many(), many, cost.ratio()));
        }
    }

    /** A broker with one subscription that matches, and so many that do not. */
    private PubSubUnderTest withOthers(int count, List<Shape> shapes) {
        PubSubUnderTest broker =
                PubSubUnderTest.open(this, "P-16", config().bufferCapacity(1).build());
        broker.subscribe("order.created");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(shapes.get(i % shapes.size()).text(i));
        }
        broker.run(
                "subscribe to " + count + " patterns",
                timeouts().recovery(),
                () -> texts.forEach(broker.unrecorded()::subscribeWithPattern));
        return broker;
    }
}
