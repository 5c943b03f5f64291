package org.brokertck.redis.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private final Channels channels = new Channels("b");

    @Test
    void globsEndWhereThePatternsWildcardsBegin() {
        assertThat(glob("order.#")).isEqualTo("brokertck-pubsub:b:order*");
        assertThat(glob("a.b.*.c")).isEqualTo("brokertck-pubsub:b:a.b*");
        assertThat(glob("*.a")).isEqualTo("brokertck-pubsub:b:*");
        assertThat(new String(channels.all(), UTF_8)).isEqualTo("brokertck-pubsub:b:*");
    }

    @Test
    void whatGlobsTakeForTheirOwnIsEscaped() {
        assertThat(glob("[a-z]?\\.#")).isEqualTo("brokertck-pubsub:b:\\[a-z\\]\\?\\\\*");
    }

    @Test
    void channelsOfTopicsThatBeginAlikeBeginAlike() {
        assertThat(new String(channels.of("a.ключ"), UTF_8)).isEqualTo("brokertck-pubsub:b:a.ключ");
        assertThat(channels.of("a.\uD800")).startsWith("brokertck-pubsub:b:a.".getBytes(UTF_8));
    }

    private String glob(String pattern) {
        return new String(channels.globOf(TopicPattern.of(pattern)), UTF_8);
    }
}
