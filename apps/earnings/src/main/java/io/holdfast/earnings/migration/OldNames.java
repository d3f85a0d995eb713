package io.holdfast.earnings.migration;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the old table and its columns are called. Columns that are not named here stay as they are, in their own table.
 *
 * @param columns the old table's column for each of {@link #ROLES} that it has; of the user's id there must be one
 */
public record OldNames(String table, Map<String, String> columns) {

    /** Whose row it is. */
    public static final String USER = "user_id";

    /** Coins. */
    public static final String AMOUNT = "current_earnings";

    /** Coins an hour. */
    public static final String RATE = "earning_rate";

    /** When the row was written last. */
    public static final String LAST_UPDATE = "last_update";

    /** When the user began. */
    public static final String START_DATE = "start_date";

    /** What is taken over, by the names that the columns have in Holdfast. */
    public static final List<String> ROLES = List.of(USER, AMOUNT, RATE, LAST_UPDATE, START_DATE);

    private static final Set<String> AMOUNTS = Set.of(AMOUNT, RATE);
    private static final int NAME_MAX = 48;

    /** Copies; refuses names that are too long or have quotes, and roles that there are not (USAGE). */
    public OldNames {
        columns = Map.copyOf(columns);
        requireName(table);
        columns.values().forEach(OldNames::requireName);
        for (String role : columns.keySet()) {
            if (!ROLES.contains(role)) {
                throw new HoldfastException(
                        ErrorCode.USAGE,
                        "There is no column " + role + " to take over; name one of " + String.join(", ", ROLES) + ".");
            }
        }
    }

    /** The table {@code user_earnings}, whose columns have the names of {@link #ROLES}. */
    public static OldNames defaults() {
        return of("user_earnings", Map.of());
    }

    /** A table whose columns have the names of {@link #ROLES}, except for some. */
    public static OldNames of(String table, Map<String, String> others) {
        Map<String, String> columns = new TreeMap<>();
        ROLES.forEach(role -> columns.put(role, role));
        columns.putAll(others);
        return new OldNames(table, columns);
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.length() > NAME_MAX || name.indexOf('"') >= 0 || name.indexOf('\'') >= 0) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The names of the old table and its columns have 1 to " + NAME_MAX + " characters and no quotes.");
        }
    }

    /** Whether a role holds coins; else, but for the user, a time. */
    static boolean isAmount(String role) {
        return AMOUNTS.contains(role);
    }

    /** Where the old table's rows stay while Holdfast has the data. */
    String kept() {
        return table + "_kept";
    }

    /** The name of Holdfast's table: another one if the old table, and later the view of its shape, has its own. */
    String typed() {
        return table.equalsIgnoreCase(OldShape.COLLECTION) ? OldShape.COLLECTION + "_records" : OldShape.COLLECTION;
    }
}
