package org.brokertck.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "amqp://h, h, 5672, false, /, guest, guest",
        "amqp://h/, h, 5672, false, /, guest, guest",
        "amqps://u:p@h:99/v, h, 99, true, v, u, p",
        "amqps://h, h, 5671, true, /, guest, guest",
        "amqp://a%3Ab:c%40+d@[::1]/%2Fv, ::1, 5672, false, /v, a:b, c@+d",
    })
    void readsWhereAndWho(
            String uri, String host, int port, boolean tls, String virtualHost, String user, String password) {
        assertThat(ServerAddress.of(URI.create(uri)))
                .isEqualTo(new ServerAddress(host, port, tls, virtualHost, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:hidden@h",
                "amqp://u:hidden@h/a/b",
                "amqp://u:hidden@h?x=1",
                "amqp://u:hidden@h_x",
                "amqp://u:hidden@h:0",
                "amqp:u:hidden@h"
            })
    void refusesOthersWithoutShowingThePassword(String uri) {
        assertThatThrownBy(() -> ServerAddress.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uri")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void showsNoCredentials() {
        assertThat(ServerAddress.of(URI.create("amqp://user:hidden@h"))).hasToString("h:5672");
        assertThat(ServerAddress.of(URI.create("amqp://user:hidden@[::1]:7"))).hasToString("[::1]:7");
    }
}
