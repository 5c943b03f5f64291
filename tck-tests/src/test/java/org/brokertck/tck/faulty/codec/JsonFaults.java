package org.brokertck.tck.faulty.codec;

import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.tck.faulty.Fault;

/** JSON that is not the seed's, or not read as the seed wrote it. */
final class JsonFaults {
    private static final Pattern TIME = Pattern.compile("\"timestamp\":\"([^\"]*)\"");
    private static final String NOT_READ = "another encoder|threw|decode of";

    private JsonFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyCodecs.wrapped(
                        "SpellsTheLimitDifferently",
                        "K-4",
                        "JSON field 'max_retries'",
                        "Writes maxRetries where max_retries is due.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String written(String json) {
                                return json.replace("\"max_retries\":", "\"maxRetries\":");
                            }

                            @Override
                            protected String read(String json) {
                                return json.replace("\"maxRetries\":", "\"max_retries\":");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "LooksForTheVersionFirst",
                        "K-4",
                        "of a later version, which is told in place 2",
                        "Looks at the version where it comes first, and takes it for an unknown field elsewhere.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return json.replaceFirst(",\"version\":\\d+", "");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "PayloadInTheAlphabetOfAddresses",
                        "K-4",
                        "JSON field 'payload'",
                        "Writes payloads in the base64 of URLs.",
                        it -> new WrappedCodec(it) {
                            private final Pattern payload = Pattern.compile("\"payload\":\"([^\"]*)\"");

                            @Override
                            protected String written(String json) {
                                return payload.matcher(json)
                                        .replaceFirst(found ->
                                                found.group().replace('+', '-').replace('/', '_'));
                            }

                            @Override
                            protected String read(String json) {
                                return payload.matcher(json)
                                        .replaceFirst(found ->
                                                found.group().replace('-', '+').replace('_', '/'));
                            }
                        }),
                FaultyCodecs.wrapped(
                        "EmptyHeadersAreNull",
                        "K-4",
                        "JSON field 'headers'",
                        "Writes null for headers that are empty.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String written(String json) {
                                return json.replace("\"headers\":{}", "\"headers\":null");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "CountsAreTexts",
                        "K-4",
                        "JSON field 'retries'",
                        "Writes numbers in quotes.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String written(String json) {
                                return json.replaceFirst("\"retries\":(\\d+)", "\"retries\":\"$1\"");
                            }

                            @Override
                            protected String read(String json) {
                                return json.replaceFirst("\"retries\":\"(\\d+)\"", "\"retries\":$1");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "TimesAreNumbers",
                        "K-4",
                        "JSON field 'timestamp'",
                        "Writes times as milliseconds.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String written(String json) {
                                return TIME.matcher(json).replaceFirst(found -> "\"timestamp\":" + millis(found));
                            }

                            @Override
                            protected String read(String json) {
                                return Pattern.compile("\"timestamp\":(-?\\d+)")
                                        .matcher(json)
                                        .replaceFirst(found -> "\"timestamp\":\""
                                                + Instant.ofEpochMilli(Long.parseLong(found.group(1))) + "\"");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "BeginsWithAByteOrderMark",
                        "K-4",
                        "no JSON object",
                        "Writes a byte order mark before the object.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String written(String json) {
                                return "\uFEFF" + json;
                            }

                            @Override
                            protected String read(String json) {
                                return json.startsWith("\uFEFF") ? json.substring(1) : json;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "IgnoresZones",
                        "K-4",
                        "came back with the timestamp",
                        "Reads times without looking at their offset.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return TIME.matcher(json)
                                        .replaceFirst(
                                                found -> found.group().replaceFirst("[+-]\\d\\d:\\d\\d\"$", "Z\""));
                            }
                        }),
                FaultyCodecs.wrapped(
                        "KnowsNoZones", "K-4", NOT_READ, "Refuses times of other zones.", it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return TIME.matcher(json)
                                        .replaceFirst(found ->
                                                found.group(1).endsWith("Z") ? found.group() : "\"timestamp\":\"\"");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NothingIsNoPayload",
                        "K-4",
                        NOT_READ,
                        "Refuses the null that Go writes of no payload.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return json.replace("\"payload\":null", "\"payload\":0");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "RefusesOlderVersions",
                        "K-4",
                        NOT_READ,
                        "Refuses objects that do not say their version.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return json.contains("\"version\":") ? json : json.replace("\"id\"", "\"name\"");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "RefusesUnknownFields",
                        "K-4",
                        NOT_READ,
                        "Refuses objects with a field that it does not know.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return json.contains("\"priority\":") ? "unknown field" : json;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NamesWithoutCase",
                        "K-4",
                        NOT_READ + "|came back with the id",
                        "Reads the names of fields without case.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                return json.replace("\"ID\":", "\"id\":");
                            }
                        }),
                FaultyCodecs.wrapped(
                        "FieldsInOneOrderOnly",
                        "K-4",
                        NOT_READ,
                        "Expects the id before everything else.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected String read(String json) {
                                int id = json.indexOf("\"id\"");
                                int limit = json.indexOf("\"max_retries\"");
                                return limit >= 0 && limit < id ? "out of order" : json;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "TakesLaterVersions",
                        "K-4",
                        "was accepted",
                        "Reads objects of a version to come as though it knew them.",
                        it -> new WrappedCodec(it) {
                            @Override
                            protected org.brokertck.api.message.Message refused(
                                    String json, MalformedMessageException why) {
                                String known = json.replaceFirst("\"version\":99,", "");
                                if (known.equals(json)) {
                                    throw why;
                                }
                                return decode(known.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                            }
                        }));
    }

    private static long millis(MatchResult found) {
        return Instant.parse(found.group(1)).toEpochMilli();
    }
}
