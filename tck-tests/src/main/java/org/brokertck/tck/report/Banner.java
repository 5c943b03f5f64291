package org.brokertck.tck.report;

import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.RunResult.Verdict;

/**
 * The answer of a run in a word and a sentence.
 *
 * @param key its name for styles
 * @param symbol one character
 * @param word the answer
 * @param sentence what it rests on
 */
record Banner(String key, String symbol, String word, String sentence) {
    static Banner of(RunResult result) {
        Score score = Score.of("", result.rules(), result.capabilities());
        return switch (result.verdict()) {
            case CONFORMANT -> new Banner("passed", "✔", word(Verdict.CONFORMANT), kept(score));
            case NOT_CONFORMANT -> new Banner("failed", "✘", word(Verdict.NOT_CONFORMANT), broken(score));
            case NOTHING_RAN ->
                new Banner("notRun", "·", word(Verdict.NOTHING_RAN), "No rule was tested, so nothing can be said.");
        };
    }

    /** A verdict in words. */
    static String word(Verdict verdict) {
        return switch (verdict) {
            case CONFORMANT -> "Conformant";
            case NOT_CONFORMANT -> "Not conformant";
            case NOTHING_RAN -> "Nothing ran";
        };
    }

    private static String kept(Score score) {
        return score.notRun() == 0
                ? "All " + score.binding() + " binding rules are kept."
                : "All " + score.kept() + " binding rules that were run are kept; " + score.notRun() + " were not run.";
    }

    private static String broken(Score score) {
        String run = "Of " + (score.binding() - score.notRun()) + " binding rules that were run, ";
        return run + score.notKept() + (score.notKept() == 1 ? " is" : " are") + " broken or could not be judged.";
    }
}
