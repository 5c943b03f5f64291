package org.brokertck.reference.pubsub;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set. A change makes a new one that shares all but the path to what changed, so that it costs no more at a hundred
 * thousand elements than at a hundred, and whoever still reads the old one is not disturbed.
 *
 * <p>This is a hash array mapped trie: each level tells elements apart by five more bits of their hashes and has a slot for each
 * value that occurs, which holds the one element that has it, or the next level. A level below the first holds two elements at
 * least. Where the bits are used up, elements of one hash stand side by side.
 */
final class PersistentSet<E> {
    private static final int BITS = 5;
    private static final int LEVELS = 7;
    private static final PersistentSet<?> EMPTY = new PersistentSet<>(0, new Object[0]);

    /** Bit i is set when there is a slot for elements whose bits at this level are i. */
    private final int used;

    private final Object[] slots;

    private PersistentSet(int used, Object[] slots) {
        this.used = used;
        this.slots = slots;
    }

    @SuppressWarnings("unchecked") // It has no elements.
    static <E> PersistentSet<E> empty() {
        return (PersistentSet<E>) EMPTY;
    }

    boolean isEmpty() {
        return slots.length == 0;
    }

    /** The element that equals the key. */
    @Nullable
    E find(Object key) {
        int hash = spread(key);
        PersistentSet<E> level = this;
        for (int depth = 0; depth < LEVELS; depth++) {
            int bit = bit(hash, depth);
            if ((level.used & bit) == 0) {
                return null;
            }
            Object slot = level.slots[level.index(bit)];
            if (!(slot instanceof PersistentSet)) {
                return slot.equals(key) ? element(slot) : null;
            }
            level = deeper(slot);
        }
        int index = level.indexAmongSameHash(key);
        return index < 0 ? null : element(level.slots[index]);
    }

    /** With the element in place of the one that equals it, or in addition; this set itself when the element is in it. */
    PersistentSet<E> with(E element) {
        return with(element, spread(element), 0);
    }

    /** Without the element that equals the key; this set itself when there is none. */
    PersistentSet<E> without(Object key) {
        return without(key, spread(key), 0);
    }

    void forEach(Consumer<? super E> action) {
        for (Object slot : slots) {
            if (slot instanceof PersistentSet) {
                deeper(slot).forEach(action);
            } else {
                action.accept(element(slot));
            }
        }
    }

    private PersistentSet<E> with(Object element, int hash, int depth) {
        if (depth == LEVELS) {
            return withSameHash(element);
        }
        int bit = bit(hash, depth);
        int index = index(bit);
        if ((used & bit) == 0) {
            return new PersistentSet<>(used | bit, inserted(index, element));
        }
        Object slot = slots[index];
        Object changed;
        if (slot instanceof PersistentSet) {
            changed = deeper(slot).with(element, hash, depth + 1);
        } else if (slot.equals(element)) {
            changed = element;
        } else {
            changed =
                    PersistentSet.<E>empty().with(slot, spread(slot), depth + 1).with(element, hash, depth + 1);
        }
        return changed == slot ? this : new PersistentSet<>(used, replaced(index, changed));
    }

    private PersistentSet<E> withSameHash(Object element) {
        int index = indexAmongSameHash(element);
        if (index >= 0 && slots[index] == element) {
            return this;
        }
        return new PersistentSet<>(0, index < 0 ? inserted(slots.length, element) : replaced(index, element));
    }

    private PersistentSet<E> without(Object key, int hash, int depth) {
        if (depth == LEVELS) {
            return withoutSameHash(key);
        }
        int bit = bit(hash, depth);
        int index = index(bit);
        if ((used & bit) == 0) {
            return this;
        }
        Object slot = slots[index];
        if (slot instanceof PersistentSet) {
            PersistentSet<E> rest = deeper(slot).without(key, hash, depth + 1);
            return rest == slot ? this : new PersistentSet<>(used, replaced(index, rest.oneElementOrAll()));
        }
        return slot.equals(key) ? new PersistentSet<>(used & ~bit, removed(index)) : this;
    }

    private PersistentSet<E> withoutSameHash(Object key) {
        int index = indexAmongSameHash(key);
        return index < 0 ? this : new PersistentSet<>(0, removed(index));
    }

    private Object oneElementOrAll() {
        return slots.length == 1 && !(slots[0] instanceof PersistentSet) ? slots[0] : this;
    }

    private int index(int bit) {
        return Integer.bitCount(used & (bit - 1));
    }

    private int indexAmongSameHash(Object key) {
        return Arrays.asList(slots).indexOf(key);
    }

    private Object[] inserted(int index, Object element) {
        Object[] copy = new Object[slots.length + 1];
        System.arraycopy(slots, 0, copy, 0, index);
        copy[index] = element;
        System.arraycopy(slots, index, copy, index + 1, slots.length - index);
        return copy;
    }

    private Object[] replaced(int index, Object slot) {
        Object[] copy = slots.clone();
        copy[index] = slot;
        return copy;
    }

    private Object[] removed(int index) {
        Object[] copy = Arrays.copyOf(slots, slots.length - 1);
        System.arraycopy(slots, index + 1, copy, index, copy.length - index);
        return copy;
    }

    private static int bit(int hash, int depth) {
        return 1 << (hash >>> (depth * BITS));
    }

    /** Brings the differences of hashes into their low bits, which come first. */
    private static int spread(Object key) {
        int hash = key.hashCode() * 0x9e3779b9;
        return hash ^ (hash >>> 16);
    }

    @SuppressWarnings("unchecked") // No element is a set of this kind.
    private PersistentSet<E> deeper(Object slot) {
        return (PersistentSet<E>) slot;
    }

    @SuppressWarnings("unchecked") // Only elements are put in.
    private E element(Object slot) {
        return (E) slot;
    }
}
