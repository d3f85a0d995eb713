package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.put;
import static io.holdfast.server.storage.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.TextOrder;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That an engine digests contents as {@link ContentDigester} does, whatever the values. */
abstract class ContentsContract {

    private static final byte[] SALT = {1, 2, 3, -1};

    private static final List<String> FIELDS =
            List.of("title", "count", "ratio", "amount", "wide", "done", "at", "lasted", "photo", "extra");

    private static final ContentDigester DIGESTER = new ContentDigester(SALT, FIELDS);

    ServerStorage storage;

    abstract ServerStorage open();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void sumsAndRowsAreThoseOfTheDigester() {
        AtomicLong sequence = new AtomicLong();
        AtomicLong scope = new AtomicLong();
        Property.of("an engine digests contents as Java does")
                .tries(60)
                .shrinks(100)
                .forAll(rows(), rows -> {
                    String name = "scope" + scope.incrementAndGet();
                    ServerRecord[] records = rows.entrySet().stream()
                            .map(row -> record(
                                    new RecordKey("entries", row.getKey()),
                                    Samples.state(row.getValue(), 1),
                                    sequence.incrementAndGet()))
                            .toArray(ServerRecord[]::new);
                    put(storage, name, records);
                    storage.snapshot(name, snapshot -> {
                        Buckets sums = snapshot.contents("entries", DIGESTER);
                        assertThat(sums.differing(expected(records)).isEmpty()).isTrue();
                        assertThat(sums.root()).isEqualTo(expected(records).root());
                        BitSet some = new BitSet();
                        rows.keySet().stream().limit(2).forEach(id -> some.set(ContentDigester.bucket(id)));
                        List<Map.Entry<String, Digest>> visited = new ArrayList<>();
                        snapshot.contents(
                                "entries", DIGESTER, some, (id, content) -> visited.add(Map.entry(id, content)));
                        assertThat(visited).containsExactlyElementsOf(expected(records, some));
                        return true;
                    });
                });
    }

    private static Buckets expected(ServerRecord[] records) {
        Buckets buckets = new Buckets();
        for (ServerRecord one : records) {
            buckets.add(ContentDigester.bucket(one.key().id()), digest(one));
        }
        return buckets;
    }

    private static List<Map.Entry<String, Digest>> expected(ServerRecord[] records, BitSet leaves) {
        TreeMap<String, Digest> digests = new TreeMap<>(TextOrder.BYTEWISE);
        for (ServerRecord one : records) {
            if (leaves.get(ContentDigester.bucket(one.key().id()))) {
                digests.put(one.key().id(), digest(one));
            }
        }
        return List.copyOf(digests.entrySet());
    }

    private static Digest digest(ServerRecord one) {
        RecordState state = one.state();
        return DIGESTER.digest(one.key().id(), state::value);
    }

    private static Gen<Map<String, Map<String, Value>>> rows() {
        Gen<String> ids = Gens.oneOf(Gens.texts(1, 5), Gens.ascii(1, 3)).map(id -> id.replaceAll("\\p{Cc}", "_"));
        return Gens.maps(ids, values(), 0, 30);
    }

    /** Values bare and clothed: texts that look like other parts, numbers at their limits. */
    private static Gen<Map<String, Value>> values() {
        Map<String, Gen<? extends Value>> fields = new LinkedHashMap<>();
        Gen<String> tricky = Gens.pick("", "~", ";", "~;", "1:", "3:a;b", "ä", "\ud83d\ude00", "a\"'\\\n\t");
        fields.put("title", Gens.oneOf(Gens.texts(), tricky).map(Value.Text::new));
        fields.put("count", Gens.longs().map(Value.Int::new));
        fields.put(
                "ratio",
                Gens.oneOf(Gens.doubles(), Gens.pick(-0.0, Double.MIN_VALUE, -Double.MAX_VALUE, 0.1))
                        .map(Value.Real::new));
        fields.put("amount", Gens.decimals(18, 8).map(Value.Decimal::new));
        fields.put(
                "wide",
                Gens.oneOf(Gens.decimals(38, 9), Gens.pick(new BigDecimal("-0.000000000")))
                        .map(Value.Decimal::new));
        fields.put("done", Gens.booleans().map(Value.Bool::new));
        fields.put("at", Gens.instants().map(at -> new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, at))));
        fields.put("lasted", Gens.longs().map(Value.Span::new));
        fields.put("photo", Gens.bytes(0, 12).map(Value.Bytes::new));
        fields.put("extra", Gens.ints().map(number -> new Value.Json("{\"ä;\":[" + number + "]}")));
        return choices -> {
            Map<String, Value> values = new TreeMap<>();
            values.put("text_of_none", new Value.Int(1));
            fields.forEach((name, gen) -> gen.optional().next(choices).ifPresent(value -> values.put(name, value)));
            return values;
        };
    }
}
