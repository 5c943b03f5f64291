package org.brokertck.redis.requestreply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.HeaderCodec;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.requestreply.ReplyEntry.Kind;
import org.junit.jupiter.api.Test;

class ReplyEntryTest {
    private static final String REQUEST = "an-instance:17";

    @Test
    void aReplyComesBackEqual() {
        Message reply =
                Message.builder().id("id").topic("t").payload(Bytes.of("R1;F")).build();
        byte[] message = MessageCodec.encode("t", reply, HeaderCodec.encode(reply.headers()));

        ReplyEntry entry = ReplyEntry.decode(ReplyEntry.encode(Kind.REPLY, REQUEST, message));

        assertThat(entry.kind()).isEqualTo(Kind.REPLY);
        assertThat(entry.number()).isEqualTo(17);
        assertThat(entry.reply()).isEqualTo(reply);
    }

    @Test
    void aFailureComesBackEqual() {
        Failure failure = new Failure("", "ü;\uD800 ");

        ReplyEntry entry = ReplyEntry.decode(ReplyEntry.encode(Kind.FAILURE, REQUEST, ReplyEntry.encode(failure)));

        assertThat(entry.kind()).isEqualTo(Kind.FAILURE);
        assertThat(entry.failure()).isEqualTo(failure);
    }

    @Test
    void whatTheScriptWritesIsUnderstood() {
        ReplyEntry entry = ReplyEntry.decode(Bytes.of("N17;"));

        assertThat(entry.kind()).isEqualTo(Kind.NOBODY);
        assertThat(entry.number()).isEqualTo(17);
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] entry = ReplyEntry.encode(Kind.FAILURE, REQUEST, ReplyEntry.encode(new Failure("type", "text")));
        for (int length = 0; length < 8; length++) {
            byte[] cut = Arrays.copyOf(entry, length);
            assertThatThrownBy(() -> ReplyEntry.decode(cut).failure()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ReplyEntry.decode(Bytes.of("X1;"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReplyEntry.decode(Bytes.of("Rx;"))).isInstanceOf(IllegalArgumentException.class);
    }
}
