package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.StoredObject;
import java.util.Arrays;

/** A node of {@link ObjectMap}'s tree. Immutable; no method changes the arrays it is given. */
sealed interface Node {

    /** More entries than this and the parent splits the node. */
    int MAX_WIDTH = 64;

    /** Fewer than this and the parent tries to merge the node with a neighbour. */
    int MIN_WIDTH = MAX_WIDTH / 4;

    /** How many objects are in this subtree. */
    int size();

    /** How many entries are in this node itself. */
    int width();

    /** The key of the first object; the node must not be empty. */
    ObjectKey first();

    /** Entries from one index up to another as a node of the same sort. */
    Node slice(int from, int to);

    /** This node's entries followed by those of another node of the same sort. */
    Node concat(Node right);

    /** Objects in order. */
    record Leaf(StoredObject[] objects) implements Node {

        @Override
        public int size() {
            return objects.length;
        }

        @Override
        public int width() {
            return objects.length;
        }

        @Override
        public ObjectKey first() {
            return objects[0].key();
        }

        @Override
        public Node slice(int from, int to) {
            return new Leaf(Arrays.copyOfRange(objects, from, to));
        }

        @Override
        public Node concat(Node right) {
            return new Leaf(Splice.concat(objects, ((Leaf) right).objects));
        }
    }

    /**
     * Subtrees in order.
     *
     * @param children none of them empty
     * @param firsts the first key of each child, so that a search touches no other node
     */
    record Branch(Node[] children, ObjectKey[] firsts, int size) implements Node {

        static Branch of(Node[] children) {
            var firsts = new ObjectKey[children.length];
            int size = 0;
            for (int i = 0; i < children.length; i++) {
                firsts[i] = children[i].first();
                size += children[i].size();
            }
            return new Branch(children, firsts, size);
        }

        @Override
        public int width() {
            return children.length;
        }

        @Override
        public ObjectKey first() {
            return firsts[0];
        }

        @Override
        public Node slice(int from, int to) {
            return of(Arrays.copyOfRange(children, from, to));
        }

        @Override
        public Node concat(Node right) {
            return of(Splice.concat(children, ((Branch) right).children));
        }
    }
}
