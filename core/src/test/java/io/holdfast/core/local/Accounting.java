package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks one store between any two transactions: every change is in exactly one state, groups are whole, layers lie as they
 * should, the root is the sum of the records, readers see the layers applied, frozen bytes do not change.
 */
final class Accounting {

    private final Gardener gardener;
    private final Map<String, FrozenBatch> frozen = new HashMap<>();
    private long made;

    Accounting(Gardener gardener) {
        this.gardener = gardener;
    }

    /** So many changes were made. */
    void made(int changes) {
        made += changes;
    }

    /** The store went back to a copy that had made so many. */
    void madeAfterAll(long changes) {
        made = changes;
        frozen.clear();
    }

    long made() {
        return made;
    }

    void holds() {
        List<LocalRecord> records = gardener.storage.records();
        everyChangeIsInOneState(records);
        groupsAreWhole(records);
        records.forEach(Accounting::layersLieInOrder);
        theRootIsTheSum(records);
        readersSeeTheLayers(records);
        frozenBytesStay();
    }

    private void everyChangeIsInOneState(List<LocalRecord> records) {
        Account account = gardener.account();
        assertThat(account.made()).as("changes made").isEqualTo(made);
        assertThat(account.balanced()).as("balanced %s", account).isTrue();
        Map<ChangeState, Long> layers = new HashMap<>();
        long folded = 0;
        for (LocalRecord record : records) {
            for (Layer layer : record.layers()) {
                if (layer.kind() == Change.Kind.EDIT) {
                    layers.merge(Layers.stateOf(layer), 1L, Long::sum);
                    folded += layer.edits() - 1;
                }
            }
        }
        for (ChangeState state : List.of(ChangeState.PENDING, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED)) {
            assertThat(account.in(state)).as("%s", state).isEqualTo(layers.getOrDefault(state, 0L));
        }
        assertThat(account.in(ChangeState.COALESCED)).isGreaterThanOrEqualTo(folded);
    }

    private static void groupsAreWhole(List<LocalRecord> records) {
        Map<Long, Set<String>> places = new HashMap<>();
        for (LocalRecord record : records) {
            for (Layer layer : record.layers()) {
                if (layer.group() != 0) {
                    places.computeIfAbsent(layer.group(), group -> new HashSet<>())
                            .add(layer.state() + " " + layer.batch());
                }
            }
        }
        assertThat(places.values())
                .as("where each group is")
                .allSatisfy(where -> assertThat(where).hasSize(1));
    }

    private static void layersLieInOrder(LocalRecord record) {
        List<Layer> layers = record.layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            boolean offer = layer.kind() == Change.Kind.OFFER;
            assertThat(layer.edits() > 0)
                    .as("an edit stands for changes, an offer for none")
                    .isNotEqualTo(offer);
            assertThat(layer.batch() > 0).isEqualTo(layer.state() == Layer.State.IN_FLIGHT);
            assertThat(layer.refusal().isPresent()).isEqualTo(layer.state() == Layer.State.QUARANTINED);
            if (i > 0) {
                assertThat(offer && layers.get(i - 1).kind() == Change.Kind.EDIT)
                        .as("an edit below an offer")
                        .isFalse();
                assertThat(layer.order()).isGreaterThan(layers.get(i - 1).order());
            }
            if (!offer && layer.state() != Layer.State.IN_FLIGHT) {
                assertThat(i).as("the unsent edit is the last layer").isEqualTo(layers.size() - 1);
            }
        }
    }

    private void theRootIsTheSum(List<LocalRecord> records) {
        gardener.device().identity().scopeKey().ifPresent(key -> {
            Digester digester = new Digester(key);
            DigestSum sum = DigestSum.ZERO;
            for (LocalRecord record : records) {
                Digest digest = digester.digest(record.key(), record.confirmed());
                assertThat(record.digest()).as("digest of %s", record.key()).isEqualTo(digest);
                int bucket = record.confirmed().absent() ? -1 : digester.bucket(record.key());
                assertThat(record.bucket()).isEqualTo(bucket);
                sum = digest.isNone() ? sum : sum.plus(digest);
            }
            assertThat(gardener.storage.<DigestSum>read(LocalTransaction::root)).isEqualTo(sum);
        });
    }

    /**
     * What an unsent edit shows on a state that its writer had not seen follows from the clock's offset too, which may have been
     * measured anew since the row was stored: such rows are left out.
     */
    private void readersSeeTheLayers(List<LocalRecord> records) {
        long offset = gardener.device().clock().offsetMillis();
        Set<RecordKey> known = new HashSet<>();
        for (LocalRecord record : records) {
            known.add(record.key());
            RecordState shown = gardener.storage.visible(record.key());
            RecordState expected =
                    RecordView.visible(Plot.ALL.collectionOrUnknown(record.key().collection()), record, offset);
            boolean steady = record.layers().stream()
                    .allMatch(layer -> layer.inServerTime() || layer.base() == record.sequence());
            if (steady) {
                assertThat(shown.live()).as("%s is shown", record.key()).isEqualTo(expected.live());
                assertThat(values(shown))
                        .as("%s", record.key())
                        .isEqualTo(expected.live() ? values(expected) : List.of());
            }
        }
        assertThat(known).containsAll(gardener.storage.visibleKeys());
    }

    private static List<String> values(RecordState state) {
        List<String> values = new ArrayList<>();
        state.cells().forEach((name, cell) -> values.add(name + "=" + cell.value()));
        return values;
    }

    private void frozenBytesStay() {
        gardener.storage.read(LocalTransaction::firstFrozen).ifPresent(batch -> {
            String name = gardener.device().identity().replica() + " " + batch.mark();
            FrozenBatch before = frozen.putIfAbsent(name, batch);
            assertThat(before == null || before.equals(batch))
                    .as("bytes of %s", name)
                    .isTrue();
        });
    }
}
