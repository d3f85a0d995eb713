package io.holdfast.core.record;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueGens;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.util.TreeMap;

/** Generators of records, stamps and keys for the tests of core. */
public final class RecordGens {

    private RecordGens() {}

    /** Stamps other than {@link Stamp#NONE}; few times and few incarnations among them, so that they often tie. */
    public static Gen<Stamp> stamps() {
        return Gens.zip(
                Gens.<Long>oneOf(Gens.longs(1, 6), Gens.longs(1, Long.MAX_VALUE)),
                Gens.<Long>oneOf(ValueGens.incarnations(), Gens.longs()),
                Stamp::new);
    }

    /** Keys that a server could hold. */
    public static Gen<RecordKey> keys() {
        return Gens.zip(Gens.pick("c", "entries", "_reviews"), Gens.texts(1, 9), RecordKey::new);
    }

    /** Any state: nobody's, live, deleted, brought back; every kind of value, and many at one stamp. */
    public static Gen<RecordState> states() {
        Gen<Value> values = Gens.oneOf(ValueGens.any(), Gens.constant(Value.NULL));
        return choices -> {
            Stamp shared = stamps().next(choices);
            Gen<Stamp> cellStamps = Gens.oneOf(Gens.constant(shared), stamps());
            TreeMap<String, Cell> cells = new TreeMap<>();
            Gens.pick("a", "amount", "é", "z")
                    .set(0, 4)
                    .next(choices)
                    .forEach(name -> cells.put(name, new Cell(values.next(choices), cellStamps.next(choices))));
            Stamp deleted =
                    Gens.<Stamp>oneOf(Gens.constant(Stamp.NONE), stamps()).next(choices);
            return new RecordState(cells, deleted);
        };
    }
}
