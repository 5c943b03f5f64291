package org.brokertck.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @Test
    void readsAllParts() {
        assertThat(RedisAddress.of(URI.create("rediss://me:p%40ss+%3A@example.org:7000/3")))
                .isEqualTo(new RedisAddress("example.org", 7000, true, "me", "p@ss+:", 3));
    }

    @Test
    void fillsInWhatIsLeftOut() {
        assertThat(RedisAddress.of(URI.create("redis://localhost")))
                .isEqualTo(new RedisAddress("localhost", 6379, false, null, null, 0));
        assertThat(RedisAddress.of(URI.create("redis://:secret@[::1]/")))
                .isEqualTo(new RedisAddress("::1", 6379, false, null, "secret", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:hidden@h",
                "redis://hidden@h",
                "redis://u:hidden@h:70000",
                "redis://u:hidden@h/zero",
                "redis:u:hidden@h"
            })
    void refusesOthersAndShowsNoPassword(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.of(URI.create(uri)))
                .withMessageStartingWith("uri ")
                .withMessageNotContaining("hidden");
    }

    @Test
    void showsTheAddressAlone() {
        RedisAddress address = RedisAddress.of(URI.create("redis://me:secret@[::1]:7000"));

        assertThat(address).hasToString("[::1]:7000");
        assertThat(address.redact("ERR unknown command 'AUTH' with 'me' 'secret'"))
                .doesNotContain("secret");
        assertThat(address.safe(new IllegalStateException("a", new IllegalStateException("secret"))))
                .isNull();
        Exception suppressing = new IllegalStateException("a");
        suppressing.addSuppressed(new IllegalStateException("secret"));
        assertThat(address.safe(suppressing)).isNull();
        assertThat(address.safe(new IllegalStateException("a"))).isNotNull();
    }
}
