package org.brokertck.benchmarks.peers;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** ActiveMQ Artemis embedded, over its in-VM transport: messages that are not durable, sends that do not wait, batched acks. */
public final class ArtemisPeer implements Candidate<Keyed> {
    private static final String QUEUE = "bench";
    private static final String IN_VM = "vm://0";
    private static final int ACK_BYTES = 1 << 16;
    private static final long MOST_BYTES = 1 << 26;

    @Override
    public String name() {
        return "Artemis in-VM";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) throws Exception {
        EmbeddedActiveMQ server =
                new EmbeddedActiveMQ().setConfiguration(configuration()).start();
        ServerLocator locator = ActiveMQClient.createServerLocator(IN_VM)
                .setBlockOnNonDurableSend(false)
                .setBlockOnAcknowledge(false)
                .setAckBatchSize(ACK_BYTES);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession();
        session.createQueue(
                QueueConfiguration.of(QUEUE).setRoutingType(RoutingType.ANYCAST).setDurable(false));
        session.createConsumer(QUEUE).setMessageHandler(message -> handle(message, sink));
        session.start();
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() throws ActiveMQException {
                ClientSession own = factory.createSession();
                ClientProducer producer = own.createProducer(QUEUE);
                return item -> producer.send(message(own, item));
            }

            @Override
            public void close() throws Exception {
                session.close();
                factory.close();
                locator.close();
                server.stop();
            }
        };
    }

    private static ClientMessage message(ClientSession session, Keyed item) {
        ClientMessage message = session.createMessage(false);
        message.putStringProperty("key", item.key());
        message.getBodyBuffer().writeBytes(item.payload());
        return message;
    }

    private static void handle(ClientMessage message, Sink sink) {
        byte[] payload = new byte[message.getBodyBuffer().readableBytes()];
        message.getBodyBuffer().readBytes(payload);
        try {
            message.acknowledge();
        } catch (ActiveMQException e) {
            throw new IllegalStateException("An acknowledgement failed", e);
        }
        sink.accept(Stamp.of(payload));
    }

    private static Configuration configuration() throws Exception {
        return new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("in-vm", IN_VM)
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setMaxSizeBytes(MOST_BYTES)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK));
    }
}
