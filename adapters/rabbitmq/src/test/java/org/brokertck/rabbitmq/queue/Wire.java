package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.AMQContentHeader;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Properties through the client library's own writer and reader, without a server between. */
final class Wire {
    private Wire() {}

    static BasicProperties copy(BasicProperties properties, int largestFrame) {
        try {
            Frame frame = ((AMQContentHeader) properties).toFrame(1, 0);
            if (frame.size() > largestFrame) {
                throw new IllegalArgumentException("A header frame of " + frame.size() + " bytes");
            }
            return (BasicProperties)
                    AMQImpl.readContentHeaderFrom(new DataInputStream(new ByteArrayInputStream(frame.getPayload())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
