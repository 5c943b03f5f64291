package org.brokertck.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** Dead letters as they were produced; what is redriven keeps its context. */
final class PlainDeadLetters implements DeadLetters {
    private final DeadLetters letters;
    private final UnaryOperator<Message> plain;

    PlainDeadLetters(DeadLetters letters, UnaryOperator<Message> plain) {
        this.letters = letters;
        this.plain = plain;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        List<DeadLetter> listed = new ArrayList<>();
        for (DeadLetter letter : letters.list(limit)) {
            listed.add(new DeadLetter(
                    plain.apply(letter.message()), letter.attempts(), letter.failureType(), letter.failureText()));
        }
        return listed;
    }

    @Override
    public int redrive(int limit) {
        return letters.redrive(limit);
    }

    @Override
    public int redrive() {
        return letters.redrive();
    }

    @Override
    public int purge() {
        return letters.purge();
    }
}
