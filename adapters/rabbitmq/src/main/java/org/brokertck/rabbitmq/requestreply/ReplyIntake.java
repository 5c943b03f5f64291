package org.brokertck.rabbitmq.requestreply;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.function.Consumer;
import org.brokertck.rabbitmq.connection.Declaration;
import org.jspecify.annotations.Nullable;

/** Receives replies on each channel that requests are sent on, from before the first is sent. The publisher's thread uses it. */
final class ReplyIntake implements Declaration {
    /** What the server replaces by an address of the channel that a request is sent on. */
    static final String ADDRESS = "amq.rabbitmq.reply-to";

    private final Consumer<Delivery> onReply;
    private @Nullable Channel receiving;

    /** @param onReply is told of each reply, on a thread of the client library */
    ReplyIntake(Consumer<Delivery> onReply) {
        this.onReply = onReply;
    }

    @Override
    public void declare(Channel channel) throws IOException {
        if (channel != receiving) {
            channel.basicConsume(
                    ADDRESS, true, (tag, delivery) -> onReply.accept(delivery), cancelled -> channel.abort());
            receiving = channel;
        }
    }
}
