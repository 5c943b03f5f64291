package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.adapter.partitioned.LogNames;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;

/** The topics as this instance knows them, and the streams of their partitions, each made when it is first needed. */
final class Topics {
    private static final Map<String, Object> STREAM = Map.of("x-queue-type", "stream");

    private final LogParts parts;

    Topics(LogParts parts) {
        this.parts = parts;
    }

    void create(String topic, int partitions) {
        LogNames.require("topic", topic);
        LogNames.requirePartitions(partitions);
        parts.requireOpen();
        long there = parts.journal.tell(
                "create topic '" + topic + "'", parts.patience(), new Fact.TopicCreated(topic, partitions));
        parts.figures.know(topic, (int) there);
        if (there != partitions) {
            throw new IllegalArgumentException("partitions is " + partitions + ": topic '" + topic + "' of broker '"
                    + parts.names.broker() + "' has " + there);
        }
    }

    /**
     * How many partitions a topic has.
     *
     * @throws UnknownTopicException when nobody created it
     */
    int partitionsOf(String topic) {
        LogNames.require("topic", topic);
        int partitions = parts.journal.state().partitions(topic);
        if (partitions == 0) {
            parts.journal.sync(parts.patience());
            partitions = parts.journal.state().partitions(topic);
        }
        if (partitions == 0) {
            throw new UnknownTopicException(
                    "Broker '" + parts.names.broker() + "' has no topic '" + topic + "': create it first.");
        }
        parts.figures.know(topic, partitions);
        return partitions;
    }

    /** The stream of a partition, made now when there is none. */
    String streamOf(String topic, int partition) {
        String known = parts.journal.state().stream(topic, partition);
        if (known != null) {
            return known;
        }
        String mine = parts.names.newStream(topic, partition);
        String asked = "make partition " + partition + " of topic '" + topic + "'";
        boolean declared = parts.desk.askWithin(parts.patience(), channel -> declare(channel, mine));
        if (!declared || !begin(mine, asked)) {
            parts.requireOpen();
            throw new BrokerUnavailableException(parts.where() + " did not " + asked + ": try again");
        }
        long won = parts.journal.tell(asked, parts.patience(), new Fact.StreamMade(topic, partition, mine));
        if (won == 0) {
            boolean unused = parts.desk.askWithin(parts.patience(), channel -> delete(channel, mine));
        }
        return Objects.requireNonNull(parts.journal.state().stream(topic, partition));
    }

    private static boolean declare(Channel channel, String stream) throws IOException {
        channel.queueDeclare(stream, true, false, false, STREAM);
        return true;
    }

    private static boolean delete(Channel channel, String stream) throws IOException {
        channel.queueDelete(stream);
        return true;
    }

    /** Writes the first entry. */
    private boolean begin(String stream, String asked) {
        BasicProperties properties =
                new BasicProperties.Builder().deliveryMode(2).build();
        Publication header =
                new Publication(stream, new EncodedMessage(new LinkedHashMap<>(), properties, RecordCodec.header()));
        parts.journal.publisher().submit(header);
        Deadline deadline = Deadline.in(parts.patience());
        try {
            return header.outcome().get(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS) == Outcome.CONFIRMED;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted when about to " + asked + ": nothing was done", e);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
