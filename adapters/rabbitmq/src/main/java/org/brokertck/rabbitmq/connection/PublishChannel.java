package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.brokertck.rabbitmq.connection.Publication.Outcome;

/** One channel with publisher confirms, and what it has sent and not heard of. One thread publishes; the answers come on others. */
public final class PublishChannel {
    private record Sent(Publication publication, long number) {}

    private final Declaration declaration;
    private final Ledger ledger;
    private final Channel channel;
    private volatile boolean incomplete;
    private final ConcurrentNavigableMap<Long, Sent> unconfirmed = new ConcurrentSkipListMap<>();

    public PublishChannel(Connection connection, Declaration declaration, Ledger ledger) throws IOException {
        this.declaration = declaration;
        this.ledger = ledger;
        this.channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        declaration.declare(channel);
        channel.confirmSelect();
        channel.addReturnListener(returned -> {
            incomplete = true;
            ledger.returned(returned.getProperties());
        });
        channel.addConfirmListener(
                (tag, multiple) -> answered(tag, multiple, true), (tag, multiple) -> answered(tag, multiple, false));
        channel.addShutdownListener(cause -> lost());
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes it; the outcome of what was not answered is unknown then. */
    public void abort() throws IOException {
        channel.abort();
    }

    /**
     * Writes the message, unless it was withdrawn.
     *
     * @throws IOException when the channel is of no use any more. The publication then still waits, and is the next
     *     channel's, or is known to be lost
     */
    public void publish(Publication publication) throws IOException {
        declareAgainIfNeeded();
        if (!publication.send()) {
            return;
        }
        long number = ledger.enter(publication);
        long tag = channel.getNextPublishSeqNo();
        unconfirmed.put(tag, new Sent(publication, number));
        EncodedMessage message = publication.message();
        try {
            channel.basicPublish(
                    publication.exchange(),
                    publication.routingKey(),
                    publication.mandatory(),
                    false,
                    message.properties(),
                    message.body());
        } catch (AlreadyClosedException nothingWritten) {
            if (unconfirmed.remove(tag) != null) {
                ledger.settle(number);
                publication.unsend();
            }
            throw new IOException(nothingWritten);
        } catch (IOException | RuntimeException maybeWritten) {
            lost();
            channel.abort();
            throw new IOException(maybeWritten);
        }
    }

    private void declareAgainIfNeeded() throws IOException {
        if (incomplete) {
            // Somebody deleted a queue under us: what follows shall find it again.
            incomplete = false;
            declaration.declare(channel);
        }
    }

    private void answered(long tag, boolean multiple, boolean positive) {
        if (multiple) {
            Iterator<Sent> upToTag = unconfirmed.headMap(tag, true).values().iterator();
            while (upToTag.hasNext()) {
                Sent sent = upToTag.next();
                upToTag.remove();
                answered(sent, positive);
            }
        } else {
            Sent sent = unconfirmed.remove(tag);
            if (sent != null) {
                answered(sent, positive);
            }
        }
    }

    private void answered(Sent sent, boolean positive) {
        if (positive) {
            sent.publication().confirmed();
        } else {
            sent.publication().complete(Outcome.REFUSED);
        }
        ledger.settle(sent.number());
    }

    private void lost() {
        Iterator<Sent> all = unconfirmed.values().iterator();
        while (all.hasNext()) {
            Sent sent = all.next();
            all.remove();
            ledger.lose(sent.number());
            sent.publication().complete(Outcome.UNKNOWN);
        }
    }
}
