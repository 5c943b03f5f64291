package org.brokertck.tck.faulty;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.Fault.Kill;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;

/** The page that tells which rule catches which fault. */
final class KillMatrix {
    private static final String HEAD = """
            # The kill matrix

            Every rule is put to the proof by implementations with one fault each, all in
            [`tck-tests/src/test/java/org/brokertck/tck/faulty`](../tck-tests/src/test/java/org/brokertck/tck/faulty): a rule that
            catches none proves nothing. A fault counts as caught only when a test of the rule named here finds that rule broken
            and says so for the right reason; a hang or an unrelated error does not count. Other rules may well catch it too.

            This page is written by the build, from the faults that it has just seen caught.
            """;

    private KillMatrix() {}

    /** The whole page. */
    static String page(Map<Contract, List<Fault>> faults) {
        List<Fault> all = faults.values().stream().flatMap(List::stream).toList();
        long kills = all.stream().mapToLong(it -> it.kills().size()).sum();
        return HEAD
                + "\n%d faults, %d pairs of a rule and a fault that it must catch.\n".formatted(all.size(), kills)
                + faults.entrySet().stream()
                        .map(it -> section(it.getKey(), it.getValue()))
                        .collect(Collectors.joining());
    }

    private static String section(Contract contract, List<Fault> faults) {
        String title = contract.title().substring(0, 1).toUpperCase(Locale.ROOT)
                + contract.title().substring(1);
        return "\n## %s: by rule\n\n| Rule | Faults | Caught by it |\n|---|---|---|\n".formatted(title)
                + SpecCatalogue.shipped().rulesOf(contract).stream()
                        .map(rule -> row(rule, faults))
                        .collect(Collectors.joining())
                + "\n## %s: by fault\n\n| Fault | What it does | Rules that must catch it |\n|---|---|---|\n"
                        .formatted(title)
                + faults.stream().map(KillMatrix::row).collect(Collectors.joining());
    }

    private static String row(Rule rule, List<Fault> faults) {
        List<String> names = faults.stream()
                .filter(fault -> rules(fault).contains(rule.id()))
                .map(Fault::name)
                .toList();
        return "| %s | %d | %s |\n".formatted(rule.id(), names.size(), String.join(", ", names));
    }

    private static String row(Fault fault) {
        return "| %s | %s | %s |\n".formatted(fault.name(), fault.description(), String.join(", ", rules(fault)));
    }

    private static List<String> rules(Fault fault) {
        return fault.kills().stream().map(Kill::rule).toList();
    }
}
