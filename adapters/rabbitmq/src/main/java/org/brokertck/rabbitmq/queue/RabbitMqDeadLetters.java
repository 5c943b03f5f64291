package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;

/** The dead letters of one queue, which the server keeps in a queue of their own. */
final class RabbitMqDeadLetters implements DeadLetters {
    /** How many go back at once: enough to be quick, few enough that other questions are not kept waiting. */
    private static final int BATCH = 100;

    private static final Duration LONGEST_PUT_BACK = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final QueueParts parts;
    private final Runnable requireOpen;

    /** @param requireOpen throws when the queue is closed */
    RabbitMqDeadLetters(QueueParts parts, Runnable requireOpen) {
        this.parts = parts;
        this.requireOpen = requireOpen;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        requireOpen.run();
        requirePositive(limit);
        return parts.desk().ask(channel -> list(channel, limit));
    }

    @Override
    public int redrive(int limit) {
        requireOpen.run();
        requirePositive(limit);
        // What fails again while this runs is parked behind the others, and not this call's.
        int most = Math.min(limit, parts.desk().ask(this::parked));
        int moved = 0;
        while (moved < most) {
            int batch = Math.min(BATCH, most - moved);
            int more = parts.desk().askOnce(channel -> redrive(channel, batch));
            if (more == 0) {
                break;
            }
            moved += more;
        }
        return moved;
    }

    @Override
    public int purge() {
        requireOpen.run();
        return parts.desk()
                .askOnce(channel ->
                        channel.queuePurge(parts.topology().deadLetters()).getMessageCount());
    }

    /** How many there are now; to be asked at the desk, where nobody holds any. */
    int parked(Channel channel) throws IOException {
        return parts.topology().declareDeadLetters(channel).getMessageCount();
    }

    private List<DeadLetter> list(Channel channel, int limit) throws IOException, InterruptedException {
        List<DeadLetter> letters = new ArrayList<>();
        long last = 0;
        try {
            while (letters.size() < limit) {
                GetResponse next = channel.basicGet(parts.topology().deadLetters(), false);
                if (next == null) {
                    break;
                }
                last = next.getEnvelope().getDeliveryTag();
                letters.add(DeadLetterCodec.decode(next.getProps(), next.getBody()));
            }
        } finally {
            if (last > 0) {
                putBack(channel, last, letters.size());
            }
        }
        return letters;
    }

    /** The server puts them back where they were, some time later; until then it would count too few. */
    private void putBack(Channel channel, long last, int count) throws IOException, InterruptedException {
        int others = parked(channel);
        channel.basicNack(last, true, true);
        Deadline deadline = Deadline.in(LONGEST_PUT_BACK);
        // Another instance may move or delete some meanwhile, so the wait has an end.
        while (parked(channel) < others + count && !deadline.passed()) {
            parts.consuming().pause(LOOK_AGAIN);
        }
    }

    private int redrive(Channel channel, int batch) throws IOException, InterruptedException {
        List<GetResponse> taken = new ArrayList<>();
        List<Publication> copies = new ArrayList<>();
        while (taken.size() < batch) {
            GetResponse next = channel.basicGet(parts.topology().deadLetters(), false);
            if (next == null) {
                break;
            }
            taken.add(next);
            copies.add(redriven(next));
        }
        copies.forEach(parts.publisher()::submit);
        for (int i = 0; i < taken.size(); i++) {
            await(copies, i);
            channel.basicAck(taken.get(i).getEnvelope().getDeliveryTag(), false);
        }
        return taken.size();
    }

    private Publication redriven(GetResponse letter) {
        EncodedMessage message = MessageCodec.encode(
                MessageCodec.decode(letter.getProps(), letter.getBody()).withRetries(0));
        return new Publication(parts.topology().name(), message);
    }

    /** A copy that is not certainly there fails the redrive: the channel is given up and its dead letters return. */
    private void await(List<Publication> copies, int index) throws IOException, InterruptedException {
        try {
            long patience = parts.connector().answerTimeout().toNanos();
            Outcome outcome = copies.get(index).outcome().get(patience, TimeUnit.NANOSECONDS);
            if (outcome == Outcome.CONFIRMED) {
                return;
            }
            copies.forEach(Publication::withdraw);
            throw new IOException("a dead letter was not confirmed back in the queue: " + outcome);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (TimeoutException e) {
            copies.forEach(Publication::withdraw);
            throw new IOException("a dead letter was not confirmed back in the queue in time", e);
        } catch (InterruptedException e) {
            copies.forEach(Publication::withdraw);
            throw e;
        }
    }

    private static void requirePositive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
    }
}
