package org.brokertck.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.brokertck.tck.report.RulesReport;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.suite.Suites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tck rules}: lists the rules of the contracts that the kit tests. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Lists the rules that the kit tests.")
final class RulesCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RulesReport.json(Suites.contracts()));
        } else {
            SpecCatalogue.shipped().rulesOf(Suites.contracts()).forEach(it -> out.println(line(it)));
        }
        out.flush();
        return ExitCode.CONFORMANT;
    }

    private static String line(Rule rule) {
        return "%-5s %-14s %s".formatted(rule.id(), (rule.level() + " " + rule.capability()).strip(), rule.sentence());
    }
}
