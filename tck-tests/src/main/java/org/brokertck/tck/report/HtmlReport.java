package org.brokertck.tck.report;

import org.brokertck.tck.run.RunResult;

/** A run as one page that stands alone. */
final class HtmlReport {
    private HtmlReport() {}

    /** The page. */
    static String of(RunResult result, Environment environment) {
        return Page.html("report.html", RunView.of(result, environment));
    }
}
