package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the router remembers never outlives a change. */
@Timeout(60)
class TopicRouterTest {
    private static final TopicPattern ORDERS = TopicPattern.of("order.*");
    private static final TopicPattern ALL = TopicPattern.of("#");

    private final TopicRouter<String> router = new TopicRouter<>();

    @Test
    void whoComesIsFoundAndWhoLeavesIsNot() {
        assertThat(router.match("order.paid")).isEmpty();
        router.add(ORDERS, "a");
        assertThat(router.match("order.paid")).containsExactly("a");
        router.add(ALL, "b");
        assertThat(router.match("order.paid")).containsExactlyInAnyOrder("a", "b");
        router.remove(ORDERS, "a");
        assertThat(router.match("order.paid")).containsExactly("b");
        router.remove(ALL, "b");
        assertThat(router.match("order.paid")).isEmpty();
        assertThat(router.subscriptions().size()).isZero();
    }

    @Test
    void aTopicIsLookedUpOnceUntilSomethingChanges() {
        router.add(ORDERS, "a");
        List<String> found = router.match("order.paid");

        assertThat(router.match("order.paid")).isSameAs(found);
        router.add(ORDERS, "a");
        router.remove(ORDERS, "nobody");
        assertThat(router.match("order.paid")).isSameAs(found);
        router.add(TopicPattern.of("other"), "b");
        assertThat(router.match("order.paid")).isNotSameAs(found).isEqualTo(found);
    }

    @Test
    void aTopicWithManySubscribersIsNotRemembered() {
        for (int i = 0; i < 17; i++) {
            router.add(ALL, "s" + i);
        }

        assertThat(router.match("a")).hasSize(17).isNotSameAs(router.match("a"));
    }

    @Test
    void moreTopicsThanAreRememberedAreFoundAllTheSame() {
        router.add(TopicPattern.of("t.*"), "a");
        List<String> first = router.match("t.0");
        for (int i = 1; i <= 1 << 17; i++) {
            assertThat(router.match("t." + i).size()).isEqualTo(1);
        }

        assertThat(router.match("t.0")).isNotSameAs(first).containsExactly("a");
    }

    @Test
    void whoWasAddedIsFoundAtOnceWhateverOthersDo() {
        AtomicBoolean over = new AtomicBoolean();
        Call churn = Call.start(() -> {
            while (!over.get()) {
                router.add(ALL, "churn");
                router.match("order.paid");
                router.remove(ALL, "churn");
            }
        });
        for (int i = 0; i < 20_000; i++) {
            router.add(ORDERS, "a");
            assertThat(router.match("order.paid").contains("a")).isTrue();
            router.remove(ORDERS, "a");
            assertThat(router.match("order.paid").contains("a")).isFalse();
        }
        over.set(true);

        assertThat(churn.thrown()).isNull();
        assertThat(router.match("order.paid")).isEmpty();
    }
}
