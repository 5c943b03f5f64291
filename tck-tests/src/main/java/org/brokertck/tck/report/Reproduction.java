package org.brokertck.tck.report;

import java.util.List;

/** Commands as a page shows them. */
final class Reproduction {
    private Reproduction() {}

    /** A command as words, none of which a page breaks while it fits on a line; none when it is empty. */
    static List<String> words(String command) {
        return command.isEmpty() ? List.of() : List.of(Legible.of(command).split(" ", -1));
    }
}
