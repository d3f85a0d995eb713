package io.holdfast.cli.bench;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value how much
 * @param unit of the value
 * @param against what it is held against: a yardstick measured in the same run, or a goal
 */
record Figure(String name, double value, String unit, String against) {

    @Override
    public String toString() {
        return String.format("%-52s %,14.2f %-10s %s", name, value, unit, against);
    }
}
