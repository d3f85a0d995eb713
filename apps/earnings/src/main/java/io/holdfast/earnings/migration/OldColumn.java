package io.holdfast.earnings.migration;

/**
 * A column of the old table.
 *
 * @param type as it was declared
 * @param collation by which its texts are compared; empty if that is not said
 * @param preset the expression that an insert without the column gets; empty if there is none
 * @param role one of {@link OldNames#ROLES}; empty for a column that stays where it is
 * @param perSecond of a time that is kept as a number, how many of its units make a second; 0 of a time that is not
 */
record OldColumn(String name, String type, String collation, String preset, String role, long perSecond) {

    OldColumn as(String is, long units) {
        return new OldColumn(name, type, collation, preset, is, units);
    }

    String quoted() {
        return '"' + name + '"';
    }

    /** Whether Holdfast takes its values over. */
    boolean mapped() {
        return !role.isEmpty() && !role.equals(OldNames.USER);
    }
}
