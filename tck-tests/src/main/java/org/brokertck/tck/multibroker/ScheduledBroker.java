package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.multibroker.Health;
import org.jspecify.annotations.Nullable;

/** What a schedule knows of one broker: how its produces end, what it was last found to be, and its circuit. */
final class ScheduledBroker {
    /** How its produces end. */
    enum Behaviour {
        /** They return. */
        WORKS,
        /** They throw. */
        FAILS,
        /** They take the message, and throw that they do not know. */
        LOSES_ANSWERS,
        /** They throw that it is too large. */
        TOO_LARGE,
        /** They throw, as subscribing does, and it says that it is unhealthy. */
        DOWN;

        boolean takes() {
            return this == WORKS || this == LOSES_ANSWERS;
        }
    }

    private final ScriptedBroker script;
    private final int threshold;
    private final Duration probeInterval;
    private Behaviour behaviour = Behaviour.WORKS;
    private boolean refusing;
    private Health known = Health.HEALTHY;
    private final List<String> changes = new ArrayList<>();
    private int failures;
    private @Nullable Instant opened;

    ScheduledBroker(ScriptedBroker script, int threshold, Duration probeInterval) {
        this.script = script;
        this.threshold = threshold;
        this.probeInterval = probeInterval;
    }

    ScriptedBroker script() {
        return script;
    }

    String name() {
        return script.name();
    }

    Behaviour behaviour() {
        return behaviour;
    }

    void behaves(Behaviour now) {
        behaviour = now;
    }

    /** Whether it takes no subscriptions. */
    boolean refuses() {
        return refusing || behaviour == Behaviour.DOWN;
    }

    void refuses(boolean now) {
        refusing = now;
    }

    /** What it was found to be when it was last looked at. */
    Health known() {
        return known;
    }

    void isKnown(Health found) {
        if (known != found) {
            changes.add(known + " → " + found);
        }
        known = found;
    }

    /** What it was found to be, from change to change. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    /** Whether nothing has failed since the last success, so that a message that is too large neither counts nor resets anything. */
    boolean isSpotless() {
        return failures == 0 && opened == null;
    }

    /** Whether its circuit lets a message through. */
    boolean letsThrough(Instant now) {
        Instant since = opened;
        return since == null || !now.isBefore(since.plus(probeInterval));
    }

    /** It was asked to take a message. */
    void asked(Instant now) {
        switch (behaviour) {
            case WORKS -> {
                failures = 0;
                opened = null;
            }
            case FAILS, LOSES_ANSWERS, DOWN -> {
                failures++;
                if (opened != null || failures >= threshold) {
                    opened = now;
                }
            }
            case TOO_LARGE -> {
                // Says something of the message only.
            }
        }
    }

    /** Whether it has a subscription to the topic. */
    boolean hears(String topic) {
        return script.subscriptions(topic) > 0;
    }

    @Override
    public String toString() {
        return "%s (%s, known as %s, %s)"
                .formatted(
                        name(),
                        behaviour,
                        known.word(),
                        opened == null ? failures + " failures in a row" : "its circuit open since " + opened);
    }
}
