package org.brokertck.reference.multibroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.brokertck.api.multibroker.RoutingRule;
import org.junit.jupiter.api.Test;

/** Rules keep the place in which their pattern was first set. */
class RoutingTableTest {
    private final RoutingRule all = RoutingRule.parse("order.#", "a");
    private final RoutingRule one = RoutingRule.parse("order.created", "b");

    @Test
    void theFirstThatMatchesCounts() {
        RoutingTable table = RoutingTable.empty().with(all).with(one);

        assertThat(table.of("order.created")).contains(all);
        assertThat(table.of("user.created")).isEmpty();
    }

    @Test
    void aPatternThatIsSetAgainKeepsItsPlace() {
        RoutingRule again = RoutingRule.parse("order.#", " c , a ");
        RoutingTable table = RoutingTable.empty().with(all).with(one).with(again);

        assertThat(table.rules()).containsExactly(again, one);
        assertThat(again.brokers()).containsExactly("c", "a");
    }

    @Test
    void aRuleThatIsSetTwiceStandsOnce() {
        assertThat(RoutingTable.empty().with(all).with(all).rules()).containsExactly(all);
    }

    @Test
    void listsThatNameNothingAreRefused() {
        for (String brokers : new String[] {"", " ", "a,", ",a", "a,,b", "a,a"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RoutingRule.parse("#", brokers))
                    .withMessageStartingWith("brokers is ");
        }
    }
}
