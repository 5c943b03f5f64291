package org.brokertck.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTestMethods;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.suite.Suites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tck explain}: tells what a rule asks for, how it is tested, and where to look when it fails. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells what a rule asks for, how it is tested, and where to look first when it fails.")
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "The id of a rule, such as Q-14.")
    private String id = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        Rule rule = SpecCatalogue.shipped().rule(id);
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s (%s)".formatted(rule.id(), (rule.level() + " " + rule.capability()).strip()));
        out.println("  " + rule.sentence());
        if (!rule.checkFirst().isEmpty()) {
            out.println("\nWhen it fails, check first\n  " + rule.checkFirst());
        }
        out.println("\nTested by");
        boolean tested = false;
        for (Contract contract : Suites.contracts()) {
            for (String name : RuleTestMethods.of(Suites.of(contract)).namesFor(id)) {
                out.println("  " + name);
                tested = true;
            }
        }
        if (!tested) {
            out.println("  no test yet: its contract is not part of this kit");
        }
        out.println("\nRun it alone\n  ./tck run --rules " + rule.id());
        out.flush();
        return ExitCode.CONFORMANT;
    }
}
