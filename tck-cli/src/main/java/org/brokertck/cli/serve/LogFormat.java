package org.brokertck.cli.serve;

/** How log lines look. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line, with the field names of the Elastic Common Schema. */
    JSON
}
