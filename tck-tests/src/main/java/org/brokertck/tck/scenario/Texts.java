package org.brokertck.tck.scenario;

import java.util.List;

/** Texts for scenarios: what something on the way may take for something else: trim, unescape, normalise, parse or end. */
public final class Texts {
    /** Each is somebody's special case. */
    public static final List<String> AWKWARD = List.of(
            " both ends ",
            "\ttabbed\t",
            "\n",
            "one\r\ntwo\n",
            "no\u00a0break\u00a0",
            "\ufeffmarked",
            "nul\u0000nul",
            "UPPER lower",
            "cafe\u0301 caf\u00e9",
            "\"quoted\" 'quoted'",
            "back\\slash \\n \\u0041",
            "a/b//c/../d",
            "%20 + &amp; <b>",
            "${name} {} #",
            "\u2028\u2029\u0085",
            "\uFFFD\uFFFE",
            "null",
            "true",
            "0012",
            "1e3",
            "2026-01-02T03:04:05Z",
            "AAEC/w==");

    private Texts() {}
}
