package io.holdfast.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordGens;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.property.Property;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DigesterTest {

    private static final ScopeKey KEY = ScopeKey.parse("01".repeat(ScopeKey.LENGTH));
    private static final RecordKey RECORD = new RecordKey("entries", "é1");

    private final Digester digester = new Digester(KEY);

    @Test
    void aDigestIsTheKeyedHashOfTheDocumentedBytes() {
        Property.of("digests follow their description").forAll(RecordGens.keys(), RecordGens.states(), (key, state) -> {
            Digest expected = state.live() ? Digest.of(hmac(KEY.bytes(), described(key, state))) : Digest.NONE;
            assertThat(digester.digest(key, state)).isEqualTo(expected);
        });
    }

    /** Whatever a digest left out could be damaged unseen, and would then be merged. */
    @Test
    void twoLiveRecordsHaveOneDigestOnlyIfTheySayTheSame() {
        Property.of("equal digests, equal records").forAll(RecordGens.states(), RecordGens.states(), (state, other) -> {
            for (RecordState part : List.of(
                    other,
                    new RecordState(state.cells(), other.deleted()),
                    new RecordState(other.cells(), state.deleted()),
                    with(state, other),
                    with(other, state))) {
                if (state.live() && part.live()) {
                    assertThat(digester.digest(RECORD, part).equals(digester.digest(RECORD, state)))
                            .isEqualTo(part.equals(state));
                }
            }
        });
    }

    /** The fields of both, where both have one the second's. */
    private static RecordState with(RecordState state, RecordState other) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        cells.putAll(other.cells());
        return new RecordState(cells, state.deleted());
    }

    @Test
    void theStampsOfClearedFieldsAndOfAnEarlierDeletionHaveAPartInADigest() {
        Cell cleared = new Cell(Value.NULL, new Stamp(3, 1));
        RecordState state = state(Map.of("a", cell("x", 5, 1), "b", cleared));
        Set<Digest> digests = Set.of(
                digester.digest(RECORD, state),
                digester.digest(RECORD, state(Map.of("a", cell("x", 5, 1)))),
                digester.digest(
                        RECORD, state(Map.of("a", cell("x", 5, 1), "b", new Cell(Value.NULL, new Stamp(2, 1))))),
                digester.digest(RECORD, new RecordState(state.cells(), new Stamp(4, 1))),
                digester.digest(RECORD, new RecordState(state.cells(), new Stamp(4, 2))));
        assertThat(digests).hasSize(5);
    }

    @Test
    void everyPartOfALiveRecordHasAPartInItsDigest() {
        RecordState state = state(Map.of("a", cell("x", 5, 1)));
        Set<Digest> digests = Set.of(
                digester.digest(RECORD, state),
                digester.digest(new RecordKey("entries", "2"), state),
                digester.digest(new RecordKey("other", "é1"), state),
                digester.digest(new RecordKey("entriesé", "1"), state),
                digester.digest(RECORD, state(Map.of("b", cell("x", 5, 1)))),
                digester.digest(RECORD, state(Map.of("a", cell("y", 5, 1)))),
                digester.digest(RECORD, state(Map.of("a", cell("x", 6, 1)))),
                digester.digest(RECORD, state(Map.of("a", cell("x", 5, 2)))),
                digester.digest(RECORD, state(Map.of("a", cell("x", 5, 1), "b", cell("", 5, 1)))),
                new Digester(ScopeKey.parse("02".repeat(ScopeKey.LENGTH))).digest(RECORD, state));
        assertThat(digests).hasSize(10);
    }

    @Test
    void whatIsNotLiveHasNoDigest() {
        assertThat(digester.digest(RECORD, RecordState.ABSENT)).isEqualTo(Digest.NONE);
        TreeMap<String, Cell> cells = new TreeMap<>(Map.of("a", cell("x", 5, 1)));
        assertThat(digester.digest(RECORD, new RecordState(cells, new Stamp(6, 1))))
                .isEqualTo(Digest.NONE);
        assertThat(digester.digest(RECORD, new RecordState(cells, new Stamp(4, 1))))
                .isNotEqualTo(Digest.NONE);
    }

    @Test
    void aBucketIsTheFirstTwelveBitsOfTheKeysHash() {
        Property.of("buckets follow their description").forAll(RecordGens.keys(), key -> {
            byte[] hash = hmac(KEY.bytes(), join(new byte[] {1, 'B'}, sized(key.collection()), sized(key.id())));
            assertThat(digester.bucket(key))
                    .isEqualTo(Integer.parseInt(HexFormat.of().formatHex(hash), 0, 3, 16));
        });
    }

    @Test
    void keysSpreadOverTheBuckets() {
        Set<Integer> buckets = IntStream.range(0, 4_096)
                .mapToObj(i -> digester.bucket(new RecordKey("c", "" + i)))
                .collect(Collectors.toSet());
        // Of 4,096 balls in 4,096 urns about 1 - 1/e of the urns get one: 2,589.
        assertThat(buckets.size()).isBetween(2_450, 2_730);
        assertThat(buckets).allMatch(bucket -> bucket >= 0 && bucket < Buckets.COUNT);
    }

    @Test
    void aFingerprintNamesThePlaceTheHistoryAndTheSum() {
        DigestSum sum = DigestSum.ZERO.plus(new Digest(1, 2, 3, 4));
        byte[] described = join(
                new byte[] {1, 'F'},
                sized("scope"),
                sized("1-e"),
                ByteBuffer.allocate(8).putLong(7).array(),
                sized(sum.bytes()));
        String expected = HexFormat.of().formatHex(Arrays.copyOf(hmac(KEY.bytes(), described), 16));
        assertThat(digester.fingerprint("scope", "1-e", 7, sum)).isEqualTo(expected);
        assertThat(List.of(
                        digester.fingerprint("scope", "1-e", 8, sum),
                        digester.fingerprint("scope", "2-e", 7, sum),
                        digester.fingerprint("scopes", "1-e", 7, sum),
                        digester.fingerprint("scope", "1-e", 7, DigestSum.ZERO)))
                .doesNotHaveDuplicates()
                .doesNotContain(expected);
    }

    @Test
    void aChallengeHashesUnderAKeyMadeOfTheNonce() {
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        RecordState state = state(Map.of("a", cell("x", 5, 1)));
        byte[] key = hmac(KEY.bytes(), join(new byte[] {1, 'N'}, nonce));
        assertThat(digester.challenge(nonce).digest(RECORD, state))
                .isEqualTo(Digest.of(hmac(key, described(RECORD, state))))
                .isNotEqualTo(digester.digest(RECORD, state));
    }

    private static byte[] described(RecordKey key, RecordState state) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(new byte[] {1, 'R'});
        parts.add(sized(key.collection()));
        parts.add(sized(key.id()));
        parts.add(stamp(state.deleted()));
        state.cells().forEach((name, cell) -> {
            parts.add(sized(name));
            parts.add(sized(CanonicalValue.bytes(cell.value())));
            parts.add(stamp(cell.stamp()));
        });
        return join(parts.toArray(byte[][]::new));
    }

    private static byte[] stamp(Stamp stamp) {
        return ByteBuffer.allocate(16)
                .putLong(stamp.time())
                .putLong(stamp.incarnation())
                .array();
    }

    private static byte[] sized(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sized(byte[] bytes) {
        return join(ByteBuffer.allocate(4).putInt(bytes.length).array(), bytes);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(joined::put);
        return joined.array();
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecordState state(Map<String, Cell> cells) {
        return new RecordState(new TreeMap<>(cells), Stamp.NONE);
    }

    private static Cell cell(String text, long time, long incarnation) {
        return new Cell(new Value.Text(text), new Stamp(time, incarnation));
    }
}
