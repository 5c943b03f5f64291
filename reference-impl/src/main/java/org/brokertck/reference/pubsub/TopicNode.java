package org.brokertck.reference.pubsub;

import org.jspecify.annotations.Nullable;

/**
 * A place in the patterns: the subscribers of those that end here, and the words that follow in others. Immutable, and the same
 * object as long as nothing changes below it.
 */
final class TopicNode<S> {
    static final Word ONE_WORD = Word.of("*");
    static final Word ANY_WORDS = Word.of("#");

    private final @Nullable TopicNode<S> oneWord;
    private final @Nullable TopicNode<S> anyWords;
    private final PersistentSet<Branch<S>> words;
    private final PersistentSet<S> subscribers;

    private TopicNode(
            @Nullable TopicNode<S> oneWord,
            @Nullable TopicNode<S> anyWords,
            PersistentSet<Branch<S>> words,
            PersistentSet<S> subscribers) {
        this.oneWord = oneWord;
        this.anyWords = anyWords;
        this.words = words;
        this.subscribers = subscribers;
    }

    /** Nothing follows, and nobody subscribed. */
    static <S> TopicNode<S> empty() {
        return new TopicNode<>(null, null, PersistentSet.empty(), PersistentSet.empty());
    }

    /** Where {@code *} leads to. */
    @Nullable
    TopicNode<S> oneWord() {
        return oneWord;
    }

    /** Where {@code #} leads to. */
    @Nullable
    TopicNode<S> anyWords() {
        return anyWords;
    }

    /** Where a word of a topic leads to by its letters. */
    @Nullable
    TopicNode<S> word(Word word) {
        Branch<S> branch = words.find(word);
        return branch == null ? null : branch.node();
    }

    /** All words but wildcards that follow. */
    PersistentSet<Branch<S>> words() {
        return words;
    }

    /** Whose patterns end here. */
    PersistentSet<S> subscribers() {
        return subscribers;
    }

    /** Where a word of a pattern leads to. */
    @Nullable
    TopicNode<S> next(Word word) {
        if (word.equals(ONE_WORD)) {
            return oneWord;
        }
        return word.equals(ANY_WORDS) ? anyWords : word(word);
    }

    /** With a subscriber to the pattern whose words from {@code at} on begin here; this itself when it is there already. */
    TopicNode<S> with(Word[] pattern, int at, S subscriber) {
        if (at == pattern.length) {
            return withSubscribers(subscribers.with(subscriber));
        }
        TopicNode<S> before = next(pattern[at]);
        TopicNode<S> after = (before == null ? TopicNode.<S>empty() : before).with(pattern, at + 1, subscriber);
        return after == before ? this : withNext(pattern[at], after);
    }

    /** Without that subscriber; this itself when it is not there. No node stays that leads to no subscriber. */
    TopicNode<S> without(Word[] pattern, int at, S subscriber) {
        if (at == pattern.length) {
            return withSubscribers(subscribers.without(subscriber));
        }
        TopicNode<S> before = next(pattern[at]);
        if (before == null) {
            return this;
        }
        TopicNode<S> after = before.without(pattern, at + 1, subscriber);
        return after == before ? this : withNext(pattern[at], after.isEmpty() ? null : after);
    }

    private boolean isEmpty() {
        return oneWord == null && anyWords == null && words.isEmpty() && subscribers.isEmpty();
    }

    private TopicNode<S> withSubscribers(PersistentSet<S> changed) {
        return changed == subscribers ? this : new TopicNode<>(oneWord, anyWords, words, changed);
    }

    private TopicNode<S> withNext(Word word, @Nullable TopicNode<S> node) {
        if (word.equals(ONE_WORD)) {
            return new TopicNode<>(node, anyWords, words, subscribers);
        }
        if (word.equals(ANY_WORDS)) {
            return new TopicNode<>(oneWord, node, words, subscribers);
        }
        PersistentSet<Branch<S>> changed = node == null ? words.without(word) : words.with(new Branch<>(word, node));
        return new TopicNode<>(oneWord, anyWords, changed, subscribers);
    }
}
