package org.brokertck.reference.queue;

import java.util.Objects;
import java.util.Random;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.SizeCheck;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference queue: in memory, bounded, on any {@link TimeSource}. Each opened queue is a queue of its own, whatever its
 * name, and its contents go with it.
 *
 * <p>Where the contract leaves a choice, this one is made. Producers that wait for room are served in the order in which they
 * came. A due retry goes to the end of the queue. The outcome of a handler that outlives the drain timeout of its
 * <em>consumer</em> still counts when it comes, for the queue goes on; when it outlives that of the <em>queue</em> it does
 * not count any more, the message stays unsettled, and only {@link QueueMetrics#inFlight()} goes down as the handler ends.
 * A close then leaves such handlers behind after a fifth of a second of real time.
 */
public final class InMemoryQueue implements MessageQueue {
    private final QueueState state;
    private final SizeCheck sizes;
    private final DeadLetters deadLetters;
    private final @Nullable SystemTimeSource ownTime;

    /** @param ownTime ends with the queue; null when the time is someone else's */
    InMemoryQueue(QueueState state, Limits limits, @Nullable SystemTimeSource ownTime) {
        this.state = state;
        this.sizes = new SizeCheck(limits);
        this.deadLetters = new InMemoryDeadLetters(state);
        this.ownTime = ownTime;
    }

    /** Opens a queue on the system's time, with {@link Limits#DEFAULT}. */
    public static InMemoryQueue open(String name, QueueConfig config) {
        return builder(name).config(config).open();
    }

    /** Opens a queue on the time given, with {@link Limits#DEFAULT}. The time source outlives the queue. */
    public static InMemoryQueue open(String name, QueueConfig config, TimeSource time) {
        return builder(name).config(config).time(time).open();
    }

    /**
     * A builder with all defaults.
     *
     * @param name not blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public void produce(Message message) {
        sizes.check(Objects.requireNonNull(message, "message"));
        state.produce(message.withRetries(0));
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return state.whileOpen(() -> state.consumers().start(handler));
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public QueueMetrics metrics() {
        return state.metrics();
    }

    /** What it counts for its observer, all of one moment; the next change is told. */
    public QueueCounts look() {
        return state.look();
    }

    /**
     * Has it observed from now on, for as long as it lives: whatever is done with it by anyone.
     *
     * @return false when it has an observer, which it keeps
     */
    public boolean observe(QueueObserver observer) {
        return state.observe(Objects.requireNonNull(observer, "observer"));
    }

    /** Has each attempt that begins from now on timed, or only one in {@value QueueObserver#ONE_IN}. */
    public void timeAll(boolean all) {
        state.timeAll(all);
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            state.tellClosed();
        }
    }

    private void end() {
        if (!state.beginClosing()) {
            return;
        }
        try {
            state.drain().awaitEnd();
        } finally {
            if (ownTime != null) {
                ownTime.close();
            }
        }
    }

    /** Opens an {@link InMemoryQueue}; each setter names its default. */
    public static final class Builder {
        private final String name;
        private QueueConfig config = QueueConfig.defaults();
        private Limits limits = Limits.DEFAULT;
        private @Nullable TimeSource time;
        private Random random = new Random();

        private Builder(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name is blank: give the queue a name");
            }
            this.name = name;
        }

        /** Default: {@link QueueConfig#defaults()}. */
        public Builder config(QueueConfig config) {
            this.config = Objects.requireNonNull(config, "config");
            return this;
        }

        /** Default: {@link Limits#DEFAULT}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Default: the system's time, on a thread that the queue starts when it first needs it, and ends. */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /** What the jitter's random numbers grow from, to have the same ones in each run. Default: a new one each time. */
        public Builder seed(long seed) {
            this.random = new Random(seed);
            return this;
        }

        /** Opens the queue. */
        public InMemoryQueue open() {
            QueueParts parts = QueueParts.standard(config, random);
            if (time != null) {
                return new InMemoryQueue(new QueueState(name, config, time, parts, () -> {}), limits, null);
            }
            SystemTimeSource ownTime = new SystemTimeSource("brokertck-" + name + "-timer");
            return new InMemoryQueue(new QueueState(name, config, ownTime, parts, ownTime::shutdown), limits, ownTime);
        }
    }
}
