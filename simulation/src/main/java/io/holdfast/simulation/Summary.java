package io.holdfast.simulation;

import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Tally;
import java.util.EnumMap;
import java.util.Map;

/** What many worlds came to, fault by fault. Not thread-safe: one for each thread, added up at the end. */
public final class Summary {

    private final Tally tally = new Tally();
    private final Map<Fault, Long> worldsWith = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> cleanWith = new EnumMap<>(Fault.class);
    private long worlds;
    private long clean;

    /**
     * What worlds with one fault came to.
     *
     * @param happened how often it happened
     * @param worlds in how many worlds
     * @param clean how many of these ended without a finding
     * @param effects how often it made itself felt, in the unit of {@link Fault#effect}
     */
    public record Line(Fault fault, long happened, long worlds, long clean, long effects) {}

    /** Takes a world in. */
    public void add(Report report) {
        worlds++;
        clean += report.clean() ? 1 : 0;
        tally.add(report.tally());
        for (Fault fault : Fault.values()) {
            if (report.tally().happenings(fault) > 0) {
                worldsWith.merge(fault, 1L, Long::sum);
                cleanWith.merge(fault, report.clean() ? 1L : 0L, Long::sum);
            }
        }
    }

    /** Takes the worlds of another summary in. */
    public void add(Summary other) {
        worlds += other.worlds;
        clean += other.clean;
        tally.add(other.tally);
        other.worldsWith.forEach((fault, count) -> worldsWith.merge(fault, count, Long::sum));
        other.cleanWith.forEach((fault, count) -> cleanWith.merge(fault, count, Long::sum));
    }

    /** How many worlds there were. */
    public long worlds() {
        return worlds;
    }

    /** How many of them ended without a finding. */
    public long clean() {
        return clean;
    }

    /** Everything that was counted in all worlds. */
    public Tally tally() {
        return tally;
    }

    /** What the worlds with a fault came to. */
    public Line line(Fault fault) {
        return new Line(
                fault,
                tally.happenings(fault),
                worldsWith.getOrDefault(fault, 0L),
                cleanWith.getOrDefault(fault, 0L),
                tally.effects(fault));
    }
}
