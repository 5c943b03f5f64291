package org.brokertck.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.DiscardedException;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** Apache Kafka over loopback: acks=all, idempotent, batched by the client as it does by default, one member of a group. */
public final class KafkaPeer implements Candidate<Keyed> {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String servers;

    /** @param servers {@code host:port} of a broker */
    public KafkaPeer(String servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) throws Exception {
        String topic = "bench-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            admin.createTopics(List.of(new NewTopic(topic, setup.partitions(), (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        Member member = new Member(consumer(topic), sink);
        member.start(topic);
        return new Open(producer(), member, topic);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The producer, which all threads share, and the member. */
    private record Open(KafkaProducer<byte[], byte[]> producer, Member member, String topic) implements Lane<Keyed> {
        @Override
        public Sender<Keyed> sender() {
            AtomicReference<Exception> failed = new AtomicReference<>();
            return new Sender<>() {
                @Override
                public void send(Keyed item) {
                    // What becomes of it is told to the callback.
                    Future<RecordMetadata> unused = producer.send(
                            new ProducerRecord<>(topic, item.key().getBytes(UTF_8), item.payload()),
                            (where, failure) -> failed.compareAndSet(null, failure));
                }

                @Override
                public void flush() {
                    producer.flush();
                    Exception failure = failed.get();
                    if (failure != null) {
                        throw new DiscardedException("Kafka refused a record: " + failure, failure);
                    }
                }
            };
        }

        @Override
        public void close() throws InterruptedException {
            producer.close();
            member.close();
        }
    }

    /** The group's only member, on its thread. */
    private record Member(KafkaConsumer<byte[], byte[]> consumer, Sink sink, CountDownLatch ended) {
        Member(KafkaConsumer<byte[], byte[]> consumer, Sink sink) {
            this(consumer, sink, new CountDownLatch(1));
        }

        void start(String topic) {
            consumer.subscribe(List.of(topic));
            Thread thread = new Thread(this::work, "kafka-consumer");
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try (consumer) {
                while (true) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        sink.accept(Stamp.of(record.value()));
                    }
                }
            } catch (WakeupException e) {
                // This is how it is closed.
            } finally {
                ended.countDown();
            }
        }

        void close() throws InterruptedException {
            consumer.wakeup();
            ended.await();
        }
    }
}
