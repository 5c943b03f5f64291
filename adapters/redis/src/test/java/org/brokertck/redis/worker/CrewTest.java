package org.brokertck.redis.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final Lifecycle lifecycle = new Lifecycle("It");
    private final Crew<Recorded> crew =
            new Crew<>(lifecycle, new Failures(RedisAddress.of(URI.create("redis://localhost:1"))));

    /** Notes what it is told; each start does what comes next, or succeeds. */
    private static final class Recorded implements Worker {
        private final Queue<Runnable> starts = new ArrayDeque<>();
        private final List<String> told = new ArrayList<>();
        private volatile boolean current;

        @Override
        public void start(Deadline deadline) {
            told.add("start");
            Runnable next = starts.poll();
            if (next != null) {
                next.run();
            }
        }

        @Override
        public void giveUp() {
            told.add("give up");
        }

        @Override
        public void beginClosing() {
            told.add("begin closing");
        }

        @Override
        public void cutOff() {
            told.add("cut off");
        }

        @Override
        public void awaitEnd() {
            told.add("await end");
        }

        @Override
        public boolean isCurrentThread() {
            return current;
        }
    }

    private void start(Recorded worker, Duration time) {
        crew.start(worker, Deadline.in(time), "work", "nobody works");
    }

    private static void fail(Kind kind) {
        throw new RedisFailure(kind, "so", null);
    }

    private Closing closing() {
        return new Closing("crew-test", crew::beginClosing, crew::awaitEnd);
    }

    @Test
    void startsAgainWhileTheServerIsAway() {
        Recorded worker = new Recorded();
        worker.starts.add(() -> fail(Kind.NOT_SENT));

        start(worker, Duration.ofSeconds(10));

        assertThat(worker.told).containsExactly("start", "start");
        assertThat(crew.count()).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        Recorded worker = new Recorded();
        worker.starts.add(() -> fail(Kind.NOT_SENT));

        assertThatThrownBy(() -> start(worker, Duration.ofMillis(1))).isInstanceOf(BrokerUnavailableException.class);
        assertThat(worker.told).containsExactly("start", "give up");
    }

    @Test
    void givesUpWhatStartedWhileItWasClosed() {
        Recorded worker = new Recorded();
        worker.starts.add(lifecycle::beginClosing);

        assertThatThrownBy(() -> start(worker, Duration.ofSeconds(10))).isInstanceOf(ClosedException.class);
        assertThat(worker.told).containsExactly("start", "give up");
    }

    @Test
    void anInterruptEndsTheStartAndStaysSet() {
        Recorded worker = new Recorded();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> start(worker, Duration.ofSeconds(10)))
                .isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(worker.told).containsExactly("give up");
    }

    @Test
    void aCloseEndsThoseThatLiveAndThoseThatDepart() {
        Recorded living = new Recorded();
        Recorded departing = new Recorded();
        start(living, Duration.ofSeconds(10));
        start(departing, Duration.ofSeconds(10));
        crew.gone(departing);

        crew.close(closing(), "it");

        assertThat(crew.count()).isEqualTo(1);
        assertThat(living.told).containsExactly("start", "begin closing", "await end");
        assertThat(departing.told).containsExactly("start", "begin closing", "await end");
    }

    @Test
    void anInterruptedCloseCutsTheHandlersOff() {
        Recorded worker = new Recorded();
        start(worker, Duration.ofSeconds(10));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> crew.close(closing(), "it")).isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(worker.told).contains("cut off");
    }
}
