package org.brokertck.reference.multibroker;

import org.brokertck.api.message.Failure;

/** What was thrown, in words. */
final class Texts {
    private Texts() {}

    /** The type without its package, and the text. */
    static String of(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        String type = failure.type().substring(failure.type().lastIndexOf('.') + 1);
        return failure.text().isEmpty() ? type : type + ": " + failure.text();
    }
}
