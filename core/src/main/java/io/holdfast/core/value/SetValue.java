package io.holdfast.core.value;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An add-wins set of texts. For each element and incarnation it knows the time of the latest add, and up to which add a
 * removal has seen it; the element is in the set while some add is newer than what was removed. A removal therefore
 * cancels only the adds that its author had seen, and an add made elsewhere at the same time wins.
 *
 * <p>Source: the observed-remove set of Shapiro et al., INRIA RR-7506 (2011), with one dot kept per element and
 * incarnation, as in Bieniusa et al., "An optimized conflict-free replicated set", INRIA RR-8083 (2012).
 *
 * @param elements by text; copied, never changed
 */
public record SetValue(SortedMap<String, SortedMap<Long, Mark>> elements) implements Value {

    /**
     * Hybrid times (see {@link io.holdfast.core.stamp.Stamp#time}) of one incarnation's adds of one element.
     *
     * @param added time of the latest add
     * @param removed latest add that a removal has seen, 0 for none; never after {@code added}
     */
    public record Mark(long added, long removed) {
        /** Refuses a removal of what was never added. */
        public Mark {
            if (added < 0 || removed < 0 || removed > added) {
                throw new IllegalArgumentException("a removal may only cancel adds it has seen");
            }
        }

        boolean present() {
            return added > removed;
        }

        Mark mergedWith(Mark other) {
            return new Mark(Math.max(added, other.added), Math.max(removed, other.removed));
        }
    }

    /** The set that nobody has touched. */
    public static final SetValue EMPTY = new SetValue(new TreeMap<>());

    /** Copies the elements. */
    public SetValue {
        TreeMap<String, SortedMap<Long, Mark>> copy = new TreeMap<>();
        elements.forEach(
                (element, marks) -> copy.put(element, Collections.unmodifiableSortedMap(byIncarnation(marks))));
        elements = Collections.unmodifiableSortedMap(copy);
    }

    /** The visible elements, in UTF-16 order. */
    public SortedSet<String> members() {
        TreeSet<String> members = new TreeSet<>();
        elements.forEach((element, marks) -> {
            if (marks.values().stream().anyMatch(Mark::present)) {
                members.add(element);
            }
        });
        return members;
    }

    /**
     * The set after {@code incarnation} added {@code element} at hybrid time {@code time}, or just after that incarnation's
     * last add if its clock has gone back since.
     */
    public SetValue add(String element, long incarnation, long time) {
        SortedMap<Long, Mark> known = elements.getOrDefault(element, Collections.emptySortedMap());
        Mark last = known.getOrDefault(incarnation, new Mark(0, 0));
        SortedMap<Long, Mark> marks = new TreeMap<>(IncarnationOrder.UNSIGNED);
        marks.put(incarnation, new Mark(Math.max(time, last.added + 1), last.removed));
        return mergedWith(single(element, marks));
    }

    /** Only the marks of this set that are not already in {@code other}: what must travel so that the other catches up. */
    public SetValue since(SetValue other) {
        TreeMap<String, SortedMap<Long, Mark>> news = new TreeMap<>();
        elements.forEach((element, marks) -> {
            TreeMap<Long, Mark> fresh = byIncarnation(marks);
            fresh.entrySet()
                    .removeAll(other.elements
                            .getOrDefault(element, Collections.emptySortedMap())
                            .entrySet());
            if (!fresh.isEmpty()) {
                news.put(element, fresh);
            }
        });
        return new SetValue(news);
    }

    /** The set after a removal that has seen every add known here. Removing what is not there changes nothing. */
    public SetValue remove(String element) {
        SortedMap<Long, Mark> seen = new TreeMap<>(IncarnationOrder.UNSIGNED);
        SortedMap<Long, Mark> marks = elements.getOrDefault(element, Collections.emptySortedMap());
        marks.forEach((incarnation, mark) -> seen.put(incarnation, new Mark(mark.added, mark.added)));
        return seen.isEmpty() ? this : mergedWith(single(element, seen));
    }

    /** The least set that has at least every mark of both. */
    public SetValue mergedWith(SetValue other) {
        TreeMap<String, SortedMap<Long, Mark>> merged = new TreeMap<>(elements);
        other.elements.forEach((element, marks) -> merged.merge(element, marks, SetValue::mergeMarks));
        return new SetValue(merged);
    }

    private static SortedMap<Long, Mark> mergeMarks(SortedMap<Long, Mark> left, SortedMap<Long, Mark> right) {
        TreeMap<Long, Mark> merged = byIncarnation(left);
        right.forEach((incarnation, mark) -> merged.merge(incarnation, mark, Mark::mergedWith));
        return merged;
    }

    private static TreeMap<Long, Mark> byIncarnation(SortedMap<Long, Mark> marks) {
        TreeMap<Long, Mark> copy = new TreeMap<>(IncarnationOrder.UNSIGNED);
        copy.putAll(marks);
        return copy;
    }

    private static SetValue single(String element, SortedMap<Long, Mark> marks) {
        TreeMap<String, SortedMap<Long, Mark>> one = new TreeMap<>();
        one.put(element, marks);
        return new SetValue(one);
    }
}
