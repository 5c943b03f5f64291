package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.brokertck.rabbitmq.connection.Publisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of facts. A thread writes what is to be told, all that has gathered as one entry, and the next one only when the last was
 * read back: so an entry whose outcome is unknown is sent again until it was, and the number in it makes that harmless.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** How long an entry that was sent may take to be confirmed, and then to be read, before it is sent again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_FACTS = 1000;
    private static final int AHEAD = 1000;
    private static final BasicProperties PROPERTIES =
            new BasicProperties.Builder().deliveryMode(2).build();

    private final StreamNames names;
    private final String instance;
    private final Publisher publisher;
    private final Feeder feeder;
    private final Consumer<Fact> onFact;
    private final JournalState state = new JournalState();
    private final BlockingQueue<Told> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Feed feed;
    private volatile boolean stopped;
    /** The place of the last entry that was read. */
    private volatile long readUpTo = -2;

    private volatile @Nullable Underway underway;

    /** Facts that are told together, and what is told of the last of them. */
    private record Told(List<Fact> facts, CompletableFuture<Long> answer) {}

    /** An entry that was not read back yet. */
    private record Underway(long number, List<Told> all, CompletableFuture<Void> seen) {}

    /** @param onFact is told of every fact when it has come true; it must not wait */
    Journal(
            StreamNames names,
            String instance,
            Link publishing,
            Ledger ledger,
            Feeder feeder,
            InstanceThreads threads,
            Consumer<Fact> onFact) {
        this.names = names;
        this.instance = instance;
        this.publisher = new Publisher(publishing, names.journal(), this::declare, ledger, threads);
        this.feeder = feeder;
        this.onFact = onFact;
        this.feed = new Feed(names.journal(), 0, AHEAD, () -> true, this::read, feeder.loop()::ask);
        this.thread = threads.helper("journal", this::run);
    }

    /** Makes sure of the stream. */
    void declare(Channel channel) throws IOException {
        channel.queueDeclare(names.journal(), true, false, false, Map.of("x-queue-type", "stream"));
    }

    /** Begins to write and to read; the stream must be there. */
    void start() {
        feeder.add(feed);
        thread.start();
    }

    JournalState state() {
        return state;
    }

    /** The publisher of the journal, which may publish something else now and then. */
    Publisher publisher() {
        return publisher;
    }

    /**
     * Tells facts, without waiting.
     *
     * @return completes with what is told of the last one, on a thread that must not be held up; exceptionally only at the end
     */
    CompletableFuture<Long> append(Fact... facts) {
        Told told = new Told(List.of(facts), new CompletableFuture<>());
        add(told);
        return told.answer();
    }

    /**
     * Tells facts and waits until they are read.
     *
     * @param asked for the text of a failure, as in "create topic 'orders'"
     * @throws org.brokertck.api.BrokerUnavailableException when nothing was written in time
     * @throws OperationTimeoutException when the outcome is unknown
     */
    long tell(String asked, Duration time, Fact... facts) {
        Told told = new Told(List.of(facts), new CompletableFuture<>());
        add(told);
        try {
            return told.answer().get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            if (waiting.remove(told)) {
                throw publisher.unavailable();
            }
            throw new OperationTimeoutException("Whether it was done is unknown: RabbitMQ was told to " + asked
                    + ", and did not confirm within " + time + ". Repeating it is harmless");
        } catch (InterruptedException e) {
            boolean undone = waiting.remove(told);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted when about to " + asked + (undone ? ": nothing was done" : ": it may have been done"),
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BrokerException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Waits until all that was written so far, by whomever, is known here.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when that takes too long
     */
    void sync(Duration time) {
        try {
            long unused = tell("read the journal", time, new Fact.Synced());
        } catch (OperationTimeoutException nothingToDo) {
            throw publisher.unavailable();
        }
    }

    /**
     * Waits until all that was ever written is known here, which takes the longer the more it is.
     *
     * @param patience how long to wait while nothing is read
     * @throws org.brokertck.api.BrokerUnavailableException when nothing was read for so long
     */
    void catchUp(Duration patience) {
        CompletableFuture<Long> caughtUp = append(new Fact.Synced());
        long before = -1;
        while (!caughtUp.isDone()) {
            long read = readUpTo;
            if (read == before) {
                throw publisher.unavailable();
            }
            before = read;
            try {
                await(caughtUp, patience.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while reading the journal " + names.journal(), e);
            }
        }
    }

    /** Ends the writing; whoever waits hears of it. */
    void stop() {
        stopped = true;
        feeder.remove(feed);
        publisher.stop();
        thread.interrupt();
        Underway last = underway;
        if (last != null) {
            last.all().forEach(Journal::refuse);
        }
        refuseWaiting();
    }

    private void add(Told told) {
        waiting.add(told);
        if (stopped) {
            refuseWaiting();
        }
    }

    private void refuseWaiting() {
        for (Told next = waiting.poll(); next != null; next = waiting.poll()) {
            refuse(next);
        }
    }

    private static void refuse(Told told) {
        boolean unused = told.answer()
                .completeExceptionally(new ClosedException("The partitioned broker was closed: open it again"));
    }

    private void run() {
        long number = 0;
        try {
            while (!stopped) {
                write(gathered(++number));
            }
        } catch (InterruptedException end) {
            LOG.trace("The journal ends");
        }
    }

    private Underway gathered(long number) throws InterruptedException {
        List<Told> all = new ArrayList<>();
        all.add(waiting.take());
        waiting.drainTo(all, MOST_FACTS);
        Underway next = new Underway(number, all, new CompletableFuture<>());
        underway = next;
        if (stopped) {
            all.forEach(Journal::refuse);
        }
        return next;
    }

    private void write(Underway entry) throws InterruptedException {
        List<Fact> facts =
                entry.all().stream().flatMap(told -> told.facts().stream()).toList();
        byte[] body = FactCodec.encode(new FactCodec.Entry(instance, entry.number(), facts));
        while (!stopped && !entry.seen().isDone()) {
            Publication publication =
                    new Publication(names.journal(), new EncodedMessage(new LinkedHashMap<>(), PROPERTIES, body));
            publisher.submit(publication);
            await(CompletableFuture.anyOf(entry.seen(), publication.outcome()), PATIENCE.toNanos());
            boolean confirmed = publication.outcome().getNow(Outcome.UNKNOWN) == Outcome.CONFIRMED;
            await(entry.seen(), (confirmed ? PATIENCE : PAUSE).toNanos());
            if (!entry.seen().isDone()) {
                publisher.renew();
            }
        }
    }

    private static void await(CompletableFuture<?> end, long nanos) throws InterruptedException {
        try {
            Object unused = end.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void read(long place, byte[] body) {
        readUpTo = place;
        FactCodec.Entry entry;
        try {
            entry = FactCodec.decode(body);
        } catch (IllegalArgumentException e) {
            LOG.warn("Entry {} of the journal {} is none of ours and is passed over", place, names.journal(), e);
            return;
        }
        if (!state.enter(entry.instance(), entry.number())) {
            return;
        }
        List<Long> answers = entry.facts().stream().map(state::apply).toList();
        entry.facts().forEach(onFact);
        Underway mine = underway;
        if (mine != null && entry.instance().equals(instance) && entry.number() == mine.number()) {
            answer(mine, answers);
        }
    }

    private static void answer(Underway entry, List<Long> answers) {
        int next = 0;
        for (Told told : entry.all()) {
            next += told.facts().size();
            boolean unused = told.answer().complete(answers.get(next - 1));
        }
        boolean unused = entry.seen().complete(null);
    }
}
