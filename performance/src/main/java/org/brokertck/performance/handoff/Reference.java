package org.brokertck.performance.handoff;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.brokertck.api.message.Message;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Stamp;

/**
 * How a hand-off of references holds what is sent.
 *
 * @param holds makes what is handed over
 * @param stamp reads its stamp on the other side
 * @param <T> what is sent
 * @param <R> what is handed over
 */
public record Reference<T, R>(Function<T, R> holds, ToLongFunction<R> stamp) {
    /** Keys with payloads, held together. */
    public static Reference<Keyed, Keyed.Held> keyed() {
        return new Reference<>(Keyed::hold, Keyed.Held::stamp);
    }

    /** Messages, handed over as they are. */
    public static Reference<Message, Message> messages() {
        return new Reference<>(it -> it, it -> Stamp.of(it.payloadBuffer()));
    }
}
