package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.OneConnection;

/** Deletes the streams of a broker: the journal says which they are. */
final class Removal {
    private Removal() {}

    static void remove(Connector connector, StreamNames names) {
        boolean unused = OneConnection.ask(connector, "remove", connection -> {
            try {
                return remove(connection, names, Deadline.in(connector.answerTimeout()));
            } catch (IOException e) {
                throw new BrokerUnavailableException(
                        "RabbitMQ at " + connector.address() + " did not delete the streams of broker '"
                                + names.broker() + "'",
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "Interrupted while deleting the streams of broker '" + names.broker() + "'", e);
            }
        });
    }

    private static boolean remove(Connection connection, StreamNames names, Deadline deadline)
            throws IOException, InterruptedException {
        // It is made where there is none, and so there is something to read: the end below is not waited for in vain.
        Channel channel = connection.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(names.journal(), true, false, false, Map.of("x-queue-type", "stream"));
        channel.basicPublish(
                "", names.journal(), null, FactCodec.encode(new FactCodec.Entry("", 1, List.of(new Fact.Synced()))));
        try {
            channel.waitForConfirmsOrDie(Math.max(1, deadline.millisLeft()));
        } catch (TimeoutException late) {
            throw new IOException("the server did not confirm in time", late);
        }
        JournalState state = new JournalState();
        long end = StreamReads.end(channel, names.journal(), deadline);
        long next = 0;
        while (next <= end) {
            for (StreamReads.Entry entry : StreamReads.read(channel, names.journal(), next, end, deadline)) {
                next = entry.place() + 1;
                apply(state, entry);
            }
        }
        for (String stream : state.streams()) {
            channel.queueDeleteNoWait(stream, false, false);
        }
        channel.queueDelete(names.journal());
        return true;
    }

    private static void apply(JournalState state, StreamReads.Entry entry) {
        try {
            FactCodec.decode(entry.body()).facts().forEach(state::apply);
        } catch (IllegalArgumentException noneOfOurs) {
            // Then no stream of ours is told by it.
            return;
        }
    }
}
