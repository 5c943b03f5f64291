package org.brokertck.tck.faulty.queue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.brokertck.tck.faulty.queue.plain.PlainTarget;
import org.brokertck.tck.faulty.queue.plain.Shelf;

/** Faults that let queues of different names meet. */
final class IsolationFaults {
    private IsolationFaults() {}

    static List<Fault> all() {
        return List.of(
                sharing(
                        "SharesByPrefix",
                        "Takes a dot in a name for the end of the queue's part of it.",
                        name -> name.substring(0, (name + ".").indexOf('.'))),
                sharing(
                        "NamesIgnoreCase",
                        "Finds queues by their names in lower case.",
                        name -> name.toLowerCase(Locale.ROOT)),
                sharing(
                        "NamesAreSanitized",
                        "Replaces what is no letter or digit in a name.",
                        name -> name.replaceAll("[^a-zA-Z0-9]", "_")),
                sharing(
                        "NamesAreCut",
                        "Cuts names to 63 characters, as some databases do.",
                        name -> name.substring(0, Math.min(63, name.length()))),
                sharing(
                        "RetryQueueIsAQueueToo",
                        "Keeps the queue of retries under the name that a user may give to a queue.",
                        name -> name.endsWith(".retry") ? name.substring(0, name.length() - 6) : name));
    }

    private static Fault sharing(String name, String description, UnaryOperator<String> key) {
        return Fault.of(
                name,
                "G-11",
                "nobody produced|never settled|the metrics say|lost|never came to rest",
                description,
                () -> {
                    Map<String, Shelf> shelves = new ConcurrentHashMap<>();
                    return PlainTarget.of(
                            name,
                            it -> new PlainQueue(
                                    it.withShelf(shelves.computeIfAbsent(key.apply(it.name()), shelf -> new Shelf()))));
                });
    }
}
