package org.brokertck.redis.pubsub;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.TextCodec;

/**
 * Names the channels of one broker. The name of the broker ends with a colon there, which no name has in it, so that no two brokers
 * share a channel or see one through a glob (rule G-11).
 */
final class Channels {
    private final byte[] prefix;

    Channels(String broker) {
        prefix = Bytes.of("brokertck-pubsub:" + broker + ":");
    }

    /** The channel of a topic. Topics with half surrogate pairs may share one; a subscriber looks at the topic itself. */
    byte[] of(String topic) {
        ByteArrayOutputStream channel = new ByteArrayOutputStream();
        channel.writeBytes(prefix);
        writeWords(channel, TopicPattern.wordsOf(topic));
        return channel.toByteArray();
    }

    /** The glob that takes in every topic of the broker. */
    byte[] all() {
        return globOf(List.of());
    }

    /** The narrowest glob that surely takes in what the pattern matches: its words up to the first wildcard, and all that follows. */
    byte[] globOf(TopicPattern pattern) {
        List<String> words = pattern.words();
        int literal = 0;
        while (literal < words.size() && !isWildcard(words.get(literal))) {
            literal++;
        }
        // What follows may be nothing at all, without a dot: "a.#" matches "a".
        return globOf(words.subList(0, literal));
    }

    private byte[] globOf(List<String> words) {
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        literal.writeBytes(prefix);
        writeWords(literal, words);
        ByteArrayOutputStream glob = new ByteArrayOutputStream();
        for (byte unit : literal.toByteArray()) {
            if (unit == '*' || unit == '?' || unit == '[' || unit == ']' || unit == '\\') {
                glob.write('\\');
            }
            glob.write(unit);
        }
        glob.write('*');
        return glob.toByteArray();
    }

    /** Word by word, so that topics that begin with the same words are channels that begin with the same bytes. */
    private static void writeWords(ByteArrayOutputStream channel, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                channel.write('.');
            }
            channel.writeBytes(TextCodec.encode(words.get(i)));
        }
    }

    private static boolean isWildcard(String word) {
        return word.equals("*") || word.equals("#");
    }
}
