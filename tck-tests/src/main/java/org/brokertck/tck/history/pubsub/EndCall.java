package org.brokertck.tck.history.pubsub;

import org.brokertck.tck.history.Moment;

/**
 * One call that ends subscriptions.
 *
 * @param kind which call
 * @param target the name of the subscription that is closed, or the text that is unsubscribed; empty for the broker's close
 * @param invoked when the call began
 * @param returned when it returned normally; {@link Long#MAX_VALUE} when it did not
 */
public record EndCall(Kind kind, String target, long invoked, long returned) implements Moment {
    /** The calls that end subscriptions. */
    public enum Kind {
        /** The close of one subscription. */
        CLOSE,
        /** The unsubscription of a text. */
        UNSUBSCRIBE,
        /** The close of the broker. */
        CLOSE_BROKER
    }

    /** Whether it ends this subscription, if that lives by then. */
    public boolean concerns(SubscriptionSpan span) {
        return switch (kind) {
            case CLOSE -> target.equals(span.name());
            case UNSUBSCRIBE -> target.equals(span.pattern());
            case CLOSE_BROKER -> true;
        };
    }

    @Override
    public long at() {
        return invoked;
    }

    @Override
    public String describe() {
        String what = switch (kind) {
            case CLOSE -> target + " is closed";
            case UNSUBSCRIBE -> "'" + target + "' is unsubscribed";
            case CLOSE_BROKER -> "the broker is closed";
        };
        return what + (returned == Long.MAX_VALUE ? ", did not return" : ", took " + Moment.span(returned - invoked));
    }
}
