package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.cache.Node.Branch;
import dev.pilothouse.server.storage.cache.Node.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one resource, sorted by namespace and name: a wide B-tree that is copied along the
 * path of a change, so that an older version stays as it was and keeping one costs a reference.
 *
 * <p>Reads and changes take O(log n); a change copies about two arrays of 64 references.
 */
final class ObjectMap {

    private static final Leaf NO_OBJECTS = new Leaf(new StoredObject[0]);

    /** The map without objects. */
    static final ObjectMap EMPTY = new ObjectMap(NO_OBJECTS, true);

    /** New leaves are filled up to here, so that the next insertion does not split them. */
    private static final int BUILD_WIDTH = 48;

    /** Order within a resource does not look at the resource. */
    private static final GroupResource ANY = new GroupResource("", "");

    private final Node root;
    private final boolean plain;

    private ObjectMap(Node root, boolean plain) {
        this.root = root;
        this.plain = plain;
    }

    /** Builds a map of objects in any order, without two of the same key. */
    static ObjectMap of(List<StoredObject> objects) {
        if (objects.isEmpty()) {
            return EMPTY;
        }
        boolean plain = objects.stream().allMatch(object -> NameOrder.plain(object.key()));
        var sorted = objects.toArray(StoredObject[]::new);
        Arrays.parallelSort(sorted, (a, b) -> compare(a.key(), b.key(), plain));
        Node all = new Leaf(sorted);
        List<Node> level = new ArrayList<>();
        for (int i = 0; i < sorted.length; i += BUILD_WIDTH) {
            level.add(all.slice(i, Math.min(i + BUILD_WIDTH, sorted.length)));
        }
        while (level.size() > 1) {
            List<Node> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += BUILD_WIDTH) {
                int end = Math.min(i + BUILD_WIDTH, level.size());
                above.add(Branch.of(level.subList(i, end).toArray(Node[]::new)));
            }
            level = above;
        }
        return new ObjectMap(level.getFirst(), plain);
    }

    int size() {
        return root.size();
    }

    /** How many objects a namespace holds. */
    int size(String namespace) {
        int before = rank(namespace, "");
        return rank(namespace + '\0', "") - before;
    }

    @Nullable StoredObject get(ObjectKey key) {
        Node node = root;
        while (node instanceof Branch branch) {
            node = branch.children()[childFor(branch, key.namespace(), key.name())];
        }
        StoredObject[] objects = ((Leaf) node).objects();
        int at = lowerBound(objects, key.namespace(), key.name());
        return at < objects.length && sameName(objects[at].key(), key) ? objects[at] : null;
    }

    /** This map with the object instead of any other of that key. */
    ObjectMap with(StoredObject object) {
        if (plain && !NameOrder.plain(object.key())) {
            List<StoredObject> all = new ArrayList<>(size() + 1);
            iterate("", null, null)
                    .forEachRemaining(other -> {
                        if (!sameName(other.key(), object.key())) {
                            all.add(other);
                        }
                    });
            all.add(object);
            return of(all);
        }
        Node changed = put(root, object);
        return new ObjectMap(
                changed.width() > Node.MAX_WIDTH ? Branch.of(halves(changed)) : changed, plain);
    }

    /** This map without the object of that key. */
    ObjectMap without(ObjectKey key) {
        Node changed = remove(root, key);
        while (changed instanceof Branch branch && branch.width() == 1) {
            changed = branch.children()[0];
        }
        return changed.width() == 0 ? EMPTY : new ObjectMap(changed, plain);
    }

    /** See {@link dev.pilothouse.server.storage.Snapshot#iterate}. */
    Iterator<StoredObject> iterate(
            String namespace, @Nullable String afterNamespace, @Nullable String afterName) {
        String startNamespace = namespace;
        String startName = "";
        if (afterNamespace != null) {
            String next = (afterName == null ? "" : afterName) + '\0';
            int order =
                    NameOrder.compare(
                            afterNamespace, next, new ObjectKey(ANY, namespace, ""), plain);
            if (order > 0) {
                startNamespace = afterNamespace;
                startName = next;
            }
        }
        return new Cursor(startNamespace, startName, namespace);
    }

    private Node put(Node node, StoredObject object) {
        ObjectKey key = object.key();
        if (node instanceof Leaf leaf) {
            StoredObject[] objects = leaf.objects();
            int at = lowerBound(objects, key.namespace(), key.name());
            boolean replaces = at < objects.length && sameName(objects[at].key(), key);
            return new Leaf(
                    replaces
                            ? Splice.set(objects, at, object)
                            : Splice.insert(objects, at, object));
        }
        Branch branch = (Branch) node;
        int at = childFor(branch, key.namespace(), key.name());
        Node old = branch.children()[at];
        Node child = put(old, object);
        if (child.width() > Node.MAX_WIDTH) {
            Node[] halves = halves(child);
            Node[] children = Splice.insert(branch.children(), at + 1, halves[1]);
            children[at] = halves[0];
            ObjectKey[] firsts = Splice.insert(branch.firsts(), at + 1, halves[1].first());
            firsts[at] = halves[0].first();
            return new Branch(children, firsts, branch.size() + child.size() - old.size());
        }
        return replaceChild(branch, at, child, child.size() - old.size());
    }

    private static Branch replaceChild(Branch branch, int at, Node child, int growth) {
        ObjectKey[] firsts = branch.firsts();
        ObjectKey first = child.first();
        return new Branch(
                Splice.set(branch.children(), at, child),
                firsts[at].equals(first) ? firsts : Splice.set(firsts, at, first),
                branch.size() + growth);
    }

    private static Node[] halves(Node node) {
        int middle = node.width() / 2;
        return new Node[] {node.slice(0, middle), node.slice(middle, node.width())};
    }

    private Node remove(Node node, ObjectKey key) {
        if (node instanceof Leaf leaf) {
            StoredObject[] objects = leaf.objects();
            int at = lowerBound(objects, key.namespace(), key.name());
            boolean found = at < objects.length && sameName(objects[at].key(), key);
            return found ? new Leaf(Splice.remove(objects, at)) : leaf;
        }
        Branch branch = (Branch) node;
        int at = childFor(branch, key.namespace(), key.name());
        Node old = branch.children()[at];
        Node child = remove(old, key);
        if (child.size() == old.size()) {
            return branch;
        }
        if (child.width() == 0) {
            return Branch.of(Splice.remove(branch.children(), at));
        }
        if (child.width() >= Node.MIN_WIDTH || branch.width() == 1) {
            return replaceChild(branch, at, child, -1);
        }
        return merge(Splice.set(branch.children(), at, child), at == 0 ? 0 : at - 1);
    }

    /** Joins two neighbours when the result leaves room to grow. */
    private static Branch merge(Node[] children, int left) {
        if (children[left].width() + children[left + 1].width() <= BUILD_WIDTH) {
            Node joined = children[left].concat(children[left + 1]);
            children = Splice.remove(children, left + 1);
            children[left] = joined;
        }
        return Branch.of(children);
    }

    /** How many objects come before a namespace and name. */
    private int rank(String namespace, String name) {
        int rank = 0;
        Node node = root;
        while (node instanceof Branch branch) {
            int at = childFor(branch, namespace, name);
            for (int i = 0; i < at; i++) {
                rank += branch.children()[i].size();
            }
            node = branch.children()[at];
        }
        return rank + lowerBound(((Leaf) node).objects(), namespace, name);
    }

    /** The last child whose first key is not after the one sought, else the first child. */
    private int childFor(Branch branch, String namespace, String name) {
        ObjectKey[] firsts = branch.firsts();
        int low = 1;
        int high = firsts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (NameOrder.compare(namespace, name, firsts[middle], plain) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    /** The index of the first object that is not before the one sought. */
    private int lowerBound(StoredObject[] objects, String namespace, String name) {
        int low = 0;
        int high = objects.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (NameOrder.compare(namespace, name, objects[middle].key(), plain) > 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(ObjectKey a, ObjectKey b, boolean plain) {
        return NameOrder.compare(a.namespace(), a.name(), b, plain);
    }

    private static boolean sameName(ObjectKey a, ObjectKey b) {
        return a.name().equals(b.name()) && a.namespace().equals(b.namespace());
    }

    /** Walks the leaves from a key on. */
    private final class Cursor implements Iterator<StoredObject> {

        private static final int MAX_DEPTH = 12; // 16^12 objects

        private final Branch[] path = new Branch[MAX_DEPTH];
        private final int[] index = new int[MAX_DEPTH];
        private final String namespace;
        private int depth;
        private StoredObject[] leaf;
        private int next;

        Cursor(String startNamespace, String startName, String namespace) {
            this.namespace = namespace;
            Node node = root;
            while (node instanceof Branch branch) {
                path[depth] = branch;
                index[depth] = childFor(branch, startNamespace, startName);
                node = branch.children()[index[depth++]];
            }
            leaf = ((Leaf) node).objects();
            next = lowerBound(leaf, startNamespace, startName);
        }

        @Override
        public boolean hasNext() {
            if (next == leaf.length && !advance()) {
                return false;
            }
            return namespace.isEmpty() || leaf[next].key().namespace().equals(namespace);
        }

        @Override
        public StoredObject next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return leaf[next++];
        }

        private boolean advance() {
            int level = depth - 1;
            while (level >= 0 && index[level] + 1 == path[level].width()) {
                level--;
            }
            if (level < 0) {
                return false;
            }
            Node node = path[level].children()[++index[level]];
            while (node instanceof Branch branch) {
                path[++level] = branch;
                index[level] = 0;
                node = branch.children()[0];
            }
            leaf = ((Leaf) node).objects();
            next = 0;
            return true;
        }
    }
}
