package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Recording.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shrinks a failure by shortening and lowering its choices and building the value anew; knows nothing of the values.
 *
 * <p>The passes follow MacIver and Donaldson, "Test-Case Reduction via Test-Case Generation: Insights from the Hypothesis Reducer",
 * ECOOP 2020, section 3, cut down to those that our cases need. They repeat until a whole round improves nothing. Each accepted step
 * makes the recording smaller in a well-founded order, so shrinking ends even without its budget. Not thread-safe.
 */
final class Shrinker {

    private static final int BLOCK_MAX = 8;

    private final Candidates candidates;

    Shrinker(Candidates candidates) {
        this.candidates = candidates;
    }

    /** Shrinks as far as passes and budget go. */
    void shrink() {
        candidates.improve(new long[0]);
        int before;
        do {
            before = candidates.improvements();
            deleteSpans();
            deleteBlocks();
            replaceByInnerSpans();
            ChoiceReduction reduction = new ChoiceReduction(candidates);
            reduction.lowerEqualsTogether();
            reduction.lowerEach();
            reduction.moveToLater();
            swapNeighbours();
            if (candidates.improvements() == before) {
                reduction.borrow();
            }
            if (candidates.improvements() == before) {
                lowerAndDelete();
            }
        } while (candidates.improvements() > before && !candidates.exhausted());
    }

    /** Deletes runs of sibling spans (list elements), long runs first. */
    private void deleteSpans() {
        List<Span> runs = runs();
        for (int i = 0; i < runs.size(); i++) {
            if (candidates.improve(Edits.without(choices(), runs.get(i)))) {
                runs = runs();
                i = Math.max(-1, i - 2);
            }
        }
    }

    private void deleteBlocks() {
        for (int length = BLOCK_MAX; length > 0; length--) {
            for (int start = size() - length; start >= 0; start--) {
                if (start + length <= size()) {
                    candidates.improve(Edits.without(choices(), start, start + length));
                }
            }
        }
    }

    /** Puts a span in the place of a span around it: a tree becomes one of its branches. */
    private void replaceByInnerSpans() {
        List<Span> spans = spans();
        for (int outer = 0; outer < spans.size(); outer++) {
            for (int inner = outer + 1;
                    inner < spans.size()
                            && spans.get(inner).start() < spans.get(outer).end();
                    inner++) {
                Span from = spans.get(inner);
                Span to = spans.get(outer);
                if (to.contains(from)
                        && from.label() == to.label()
                        && candidates.improve(Edits.replaced(choices(), to, from))) {
                    spans = spans();
                    inner = outer;
                    if (outer >= spans.size()) {
                        return;
                    }
                }
            }
        }
    }

    /** Brings sibling spans into order, smallest first. */
    private void swapNeighbours() {
        List<Span> spans = spans();
        for (int i = 0; i < spans.size(); i++) {
            Span first = spans.get(i);
            for (int j = i + 1; j < spans.size() && spans.get(j).start() <= first.end(); j++) {
                Span second = spans.get(j);
                if (second.start() == first.end()
                        && second.label() == first.label()
                        && second.depth() == first.depth()
                        && candidates.improve(Edits.swapped(choices(), first, second))) {
                    spans = spans();
                    i = Math.max(-1, i - 2);
                    break;
                }
            }
        }
    }

    /** Lowers a choice and deletes what it may have counted: for generators that draw a length first. */
    private void lowerAndDelete() {
        for (int i = 0; i < size(); i++) {
            boolean improved = choices()[i] != 0;
            while (improved) {
                int before = size();
                // Without a choice less it would be lowering by one, over and over.
                improved = lowerAndDeleteAfter(i) && size() < before && i < size() && choices()[i] != 0;
            }
        }
    }

    private boolean lowerAndDeleteAfter(int index) {
        for (int length = 1; length <= BLOCK_MAX; length++) {
            for (int start = index + 1; start + length <= size(); start++) {
                if (candidates.improve(Edits.without(Edits.lowered(choices(), index, 1), start, start + length))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Span> runs() {
        Map<List<Integer>, List<Span>> siblings = new HashMap<>();
        List<Integer> open = new ArrayList<>();
        List<Span> spans = spans();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            while (open.size() > span.depth()) {
                open.removeLast();
            }
            int parent = open.isEmpty() ? -1 : open.getLast();
            open.add(i);
            siblings.computeIfAbsent(List.of(parent, span.label()), key -> new ArrayList<>())
                    .add(span);
        }
        List<Span> runs = new ArrayList<>();
        siblings.values().forEach(group -> addRuns(group, runs));
        runs.sort(Comparator.comparingInt(Span::length)
                .reversed()
                .thenComparing(Comparator.comparingInt(Span::start).reversed()));
        return runs;
    }

    private static void addRuns(List<Span> group, List<Span> runs) {
        for (int length = Integer.highestOneBit(group.size()); length > 0; length /= 2) {
            for (int start = 0; start + length <= group.size(); start += length) {
                Span first = group.get(start);
                Span last = group.get(start + length - 1);
                runs.add(new Span(first.start(), last.end(), first.label(), first.depth()));
            }
        }
    }

    private long[] choices() {
        return candidates.recording().choices();
    }

    private int size() {
        return candidates.recording().size();
    }

    private List<Span> spans() {
        return candidates.recording().spans();
    }
}
