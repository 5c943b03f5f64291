package org.brokertck.rabbitmq.requestreply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestQueuesTest {
    private final RequestQueues queues = new RequestQueues("prices");

    @Test
    void aQueueIsNamedForItsTopicWhereAmqpCanCarryThat() {
        assertThat(queues.of("order.price")).isEqualTo("prices:request:order.price");
        assertThat(queues.of("цена")).isEqualTo("prices:request:цена");
    }

    @Test
    void topicsThatAmqpCannotCarryAreToldApartByADigest() {
        String longest = "t".repeat(255);

        assertThat(queues.of(longest)).startsWith("prices:request#").hasSizeLessThan(255);
        assertThat(queues.of("half a pair \ud83d"))
                .startsWith("prices:request#")
                .isNotEqualTo(queues.of("half a pair \ud83c"));
    }

    @Test
    void aNameWithAColonIsRefused() {
        assertThatThrownBy(() -> new RequestQueues("prices:request"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name is 'prices:request'");
    }
}
