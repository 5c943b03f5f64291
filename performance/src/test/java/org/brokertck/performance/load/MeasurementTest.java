package org.brokertck.performance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.performance.contract.PubSubCandidate;
import org.brokertck.performance.contract.QueueCandidate;
import org.brokertck.performance.handoff.ArrayHandOff;
import org.brokertck.performance.handoff.QueueHandOff;
import org.brokertck.performance.handoff.QueueHandOff.Waiting;
import org.brokertck.performance.handoff.Reference;
import org.brokertck.reference.target.InMemoryTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to measure, on honest candidates and on ones that lose, repeat or refuse records. */
class MeasurementTest {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ThroughputRun THROUGHPUT = new ThroughputRun(Duration.ofMillis(20), SHORT, PATIENCE);
    private static final RateRun RATE = new RateRun(2000, Duration.ofMillis(20), SHORT, PATIENCE);

    /** A candidate on the sender's own thread, which may do wrong. */
    private record Direct(Fault fault) implements Candidate<Keyed> {
        enum Fault {
            NONE,
            LOSES_ONE,
            REPEATS_ONE,
            LOSES_ONE_AND_REPEATS_ANOTHER,
            REFUSES_ONE
        }

        @Override
        public Lane<Keyed> open(Setup setup, Sink sink) {
            AtomicLong count = new AtomicLong();
            return new Lane<>() {
                @Override
                public Sender<Keyed> sender() {
                    return item -> deliver(Stamp.of(item.payload()), count.incrementAndGet(), sink);
                }

                @Override
                public void close() {}
            };
        }

        private void deliver(long stamp, long number, Sink sink) {
            boolean loses = fault == Fault.LOSES_ONE || fault == Fault.LOSES_ONE_AND_REPEATS_ANOTHER;
            boolean repeats = fault == Fault.REPEATS_ONE || fault == Fault.LOSES_ONE_AND_REPEATS_ANOTHER;
            if (number == 10 && fault == Fault.REFUSES_ONE) {
                throw new IllegalStateException("full");
            }
            if (!(number == 10 && loses)) {
                sink.accept(stamp);
            }
            if (number == 20 && repeats) {
                sink.accept(stamp);
            }
        }

        @Override
        public String name() {
            return "direct";
        }
    }

    static Stream<Candidate<Message>> ofMessages() {
        return Stream.of(
                new QueueHandOff<>("parked", Waiting.PARKS, Reference.messages()),
                new ArrayHandOff<>(Reference.messages()),
                new QueueCandidate(new InMemoryTarget()),
                new PubSubCandidate(new InMemoryTarget()));
    }

    static Stream<Candidate<Keyed>> ofKeyed() {
        return Stream.of(
                new Direct(Direct.Fault.NONE),
                new QueueHandOff<>("parked", Waiting.PARKS, Reference.keyed()),
                new QueueHandOff<>("spinning", Waiting.SPINS, Reference.keyed()),
                new ArrayHandOff<>(Reference.keyed()));
    }

    @ParameterizedTest
    @MethodSource
    void ofMessages(Candidate<Message> candidate) throws Exception {
        Throughput found = THROUGHPUT.measure(candidate, Loads.messages(), Setup.of(2, 1));
        assertThat(found.records()).isPositive();
        assertThat(found.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
        Latency latency = RATE.measure(candidate, Loads.freshMessages(), Setup.of(1, 1));
        assertThat(latency.endToEnd().getTotalCount()).isEqualTo(120);
        assertThat(latency.call().getTotalCount()).isEqualTo(120);
        assertThat(latency.endToEnd().getMinValue()).isPositive();
    }

    @ParameterizedTest
    @MethodSource
    void ofKeyed(Candidate<Keyed> candidate) throws Exception {
        Throughput found = THROUGHPUT.measure(candidate, Loads.keyed(), Setup.of(2, 1));
        assertThat(found.records()).isPositive();
        // The payload's 25 bytes and its header.
        assertThat(found.allocatedPerRecord()).isGreaterThan(40);
        assertThat(RATE.measure(candidate, Loads.keyed(), Setup.of(1, 1))
                        .endToEnd()
                        .getTotalCount())
                .isEqualTo(120);
    }

    @Test
    void theQueueIsMeasuredWithSeveralConsumersToo() throws Exception {
        for (Candidate<Message> candidate : List.of(
                new QueueCandidate(new InMemoryTarget()), new ArrayHandOff<Message, Message>(Reference.messages()))) {
            assertThat(THROUGHPUT
                            .measure(candidate, Loads.messages(), Setup.of(2, 2))
                            .records())
                    .isPositive();
        }
    }

    @Test
    void aMeasurementInWhichRecordsAreLostDoubledOrRefusedIsThrownAway() {
        Duration impatience = Duration.ofMillis(50);
        ThroughputRun run = new ThroughputRun(SHORT, SHORT, impatience);
        Setup setup = Setup.of(1, 1);
        assertThatThrownBy(() -> run.measure(new Direct(Direct.Fault.LOSES_ONE), Loads.keyed(), setup))
                .isInstanceOf(DiscardedException.class)
                .hasMessageContaining("nothing more");
        assertThatThrownBy(() -> run.measure(new Direct(Direct.Fault.REPEATS_ONE), Loads.keyed(), setup))
                .isInstanceOf(DiscardedException.class)
                .hasMessageMatching(".* records were sent, .* arrived");
        assertThatThrownBy(
                        () -> run.measure(new Direct(Direct.Fault.LOSES_ONE_AND_REPEATS_ANOTHER), Loads.keyed(), setup))
                .isInstanceOf(DiscardedException.class)
                .hasMessageContaining("some came twice");
        assertThatThrownBy(() -> run.measure(new Direct(Direct.Fault.REFUSES_ONE), Loads.keyed(), setup))
                .isInstanceOf(DiscardedException.class)
                .hasMessageContaining("full");
        RateRun rate = new RateRun(2000, SHORT, SHORT, impatience);
        for (Direct.Fault fault : Direct.Fault.values()) {
            if (fault != Direct.Fault.NONE) {
                assertThatThrownBy(() -> rate.measure(new Direct(fault), Loads.keyed(), setup))
                        .as(fault.name())
                        .isInstanceOf(DiscardedException.class);
            }
        }
    }

    @Test
    void aSenderThatIsHeldUpIsLateWithTheRecordsBehindToo() throws Exception {
        // One record in a hundred keeps the sender for 20 ms, in which 40 others fall due.
        Candidate<Keyed> slow = new Candidate<>() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Lane<Keyed> open(Setup setup, Sink sink) throws Exception {
                Lane<Keyed> direct = new Direct(Direct.Fault.NONE).open(setup, sink);
                AtomicLong sent = new AtomicLong();
                return new Lane<>() {
                    @Override
                    public Sender<Keyed> sender() throws Exception {
                        Sender<Keyed> sender = direct.sender();
                        return item -> {
                            if (sent.incrementAndGet() % 100 == 50) {
                                busy(Duration.ofMillis(20));
                            }
                            sender.send(item);
                        };
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        Latency found = new RateRun(2000, Duration.ZERO, Duration.ofMillis(200), PATIENCE)
                .measure(slow, Loads.keyed(), Setup.of(1, 1));
        // 4 of 400 calls were slow, which made a fifth of all records late by at least 10 ms.
        assertThat(found.endToEnd().getValueAtPercentile(85)).isGreaterThan(5_000_000);
        assertThat(found.endToEnd().getTotalCount()).isEqualTo(400);
    }

    private static void busy(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void idleTimeTellsWhoSpins() throws Exception {
        IdleRun run = new IdleRun(SHORT, Duration.ofMillis(300), PATIENCE);
        QueueHandOff<Keyed, Keyed.Held> parks = new QueueHandOff<>("parked", Waiting.PARKS, Reference.keyed());
        QueueHandOff<Keyed, Keyed.Held> spins = new QueueHandOff<>("spinning", Waiting.SPINS, Reference.keyed());
        double parked = run.measure(parks, Loads.keyed(), Setup.of(1, 1));
        double spun = run.measure(spins, Loads.keyed(), Setup.of(1, 1));
        assertThat(spun).isGreaterThan(5).isGreaterThan(2 * parked);
    }

    @Test
    void theLoadKnowsWhatItAllocates() {
        assertThat(LoadCost.bytesPerRecord(Loads.keyed())).isBetween(47.0, 60.0);
        assertThat(LoadCost.bytesPerRecord(Loads.messages())).isLessThan(60);
    }

    @Test
    void keysAreATenthOfAPercentEachAndTheSameInEveryRun() {
        Load.Feed<Keyed> feed = Loads.keyed().feeds().apply(0);
        Load.Feed<Keyed> again = Loads.keyed().feeds().apply(0);
        long distinct = Stream.iterate(0L, it -> it + 1)
                .limit(20_000)
                .map(it -> {
                    String key = feed.next(it).key();
                    assertThat(again.next(it).key()).isEqualTo(key);
                    return key;
                })
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(1000);
    }
}
