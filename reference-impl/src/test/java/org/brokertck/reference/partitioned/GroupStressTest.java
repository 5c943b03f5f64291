package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.api.queue.Backoff;
import org.brokertck.reference.Threads;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Everything at once: producers that find no room, members that come, go and die, handlers that fail. */
@Timeout(60)
class GroupStressTest {
    private static final int PARTITIONS = 5;
    private static final int PRODUCERS = 3;
    private static final int RECORDS = 4000;

    private final Map<String, AtomicLong> lastOf = new ConcurrentHashMap<>();
    private final AtomicInteger[] inside = new AtomicInteger[PARTITIONS];
    private final List<String> findings = Logs.list();
    private final AtomicLong handled = new AtomicLong();

    @RepeatedTest(10)
    void nothingIsLostDoubledOrReorderedAndNoPartitionHasTwoOwners() throws Exception {
        for (int i = 0; i < PARTITIONS; i++) {
            inside[i] = new AtomicInteger();
        }
        PartitionedConfig config = PartitionedConfig.builder()
                .partitionCapacity(64)
                .produceTimeout(Duration.ofSeconds(30))
                .backoff(Backoff.fixed(Duration.ofMillis(1)))
                .build();
        InMemoryPartitionedBroker broker = Logs.open(config, PARTITIONS);
        List<GroupMember> members = new ArrayList<>();
        members.add(broker.subscribe(TOPIC, GROUP, this::handle, StartFrom.EARLIEST));
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            String prefix = "producer" + p + "-";
            Thread producer = new Thread(() -> {
                for (int i = 0; i < RECORDS; i++) {
                    broker.produce(TOPIC, prefix + i % 7, bytes(Integer.toString(i)));
                }
            });
            producer.start();
            producers.add(producer);
        }
        Random random = new Random();
        while (producers.stream().anyMatch(Thread::isAlive)) {
            if (members.size() < 2 || (members.size() < 8 && random.nextBoolean())) {
                members.add(broker.subscribe(TOPIC, GROUP, this::handle));
            } else {
                GroupMember leaver = members.remove(random.nextInt(members.size()));
                if (random.nextInt(3) == 0) {
                    leaver.abandon();
                } else {
                    leaver.close();
                }
            }
            LockSupport.parkNanos(200_000);
        }
        for (Thread producer : producers) {
            producer.join();
        }
        eventually().until(() -> Logs.committed(broker, GROUP) == PRODUCERS * RECORDS);

        Map<Integer, Integer> counts = new HashMap<>();
        eventually().until(() -> {
            counts.clear();
            members.forEach(member -> counts.merge(member.partitions().size(), 1, Integer::sum));
            int low = PARTITIONS / members.size();
            return counts.keySet().stream().allMatch(size -> size == low || size == low + 1)
                    && members.stream().mapToInt(it -> it.partitions().size()).sum() == PARTITIONS;
        });
        TopicMetrics metrics = Logs.topicMetrics(broker);
        assertThat(broker.shutdown(Duration.ofSeconds(10)).isClean()).isTrue();
        assertThat(findings).isEmpty();
        assertThat(metrics.messagesProduced()).isEqualTo(PRODUCERS * RECORDS);
        assertThat(metrics.messagesConsumed()).isEqualTo(PRODUCERS * RECORDS);
        assertThat(Threads.named("brokertck-test")).isEmpty();
    }

    private void handle(PartitionRecord record) throws InterruptedException {
        if (inside[record.partition()].incrementAndGet() != 1) {
            findings.add("two in partition " + record.partition());
        }
        try {
            long number = Long.parseLong(Logs.text(record));
            AtomicLong last = lastOf.computeIfAbsent(record.key() + "", it -> new AtomicLong(-1));
            long before = last.get();
            // A record may come again when its member was abandoned; none may be passed over or come late.
            if (number < before || (before >= 0 && number > before + 7)) {
                findings.add(record + " is number " + number + " after " + before);
            }
            if (handled.incrementAndGet() % 100 == 0) {
                throw new IllegalStateException("on purpose");
            }
            last.set(number);
        } finally {
            inside[record.partition()].decrementAndGet();
        }
    }
}
