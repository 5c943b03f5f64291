package org.brokertck.reference.pubsub;

/** A word of patterns and the node that it leads to, as an element of a set in which it is found by the word. */
final class Branch<S> extends Word {
    private final TopicNode<S> node;

    Branch(Word word, TopicNode<S> node) {
        super(word);
        this.node = node;
    }

    TopicNode<S> node() {
        return node;
    }
}
