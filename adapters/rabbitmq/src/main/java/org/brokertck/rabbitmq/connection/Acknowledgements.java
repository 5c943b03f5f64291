package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;

/**
 * What was acknowledged lately from one queue. An acknowledgement may be lost, with the connection or with a server that is killed
 * before it has written it down; the message then comes again although it is settled, and is known by its mark.
 */
public final class Acknowledgements {
    private final RecentMarks settled = new RecentMarks();

    /** The message is about to be acknowledged. */
    public void add(BasicProperties properties) {
        settled.add(mark(properties));
    }

    /** The acknowledgement was not sent. */
    public void remove(BasicProperties properties) {
        settled.remove(mark(properties));
    }

    /** Whether a redelivery repeats a message that was acknowledged before. */
    public boolean repeated(Envelope envelope, BasicProperties properties) {
        return envelope.isRedeliver() && settled.contains(mark(properties));
    }

    /** Which publication of which instance this is; empty for those of other clients. */
    static String mark(BasicProperties properties) {
        return properties.getHeaders() == null ? "" : AmqpValues.text(properties.getHeaders(), HeaderNames.PUBLICATION);
    }
}
